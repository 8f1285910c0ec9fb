/*
 * Natural edits: one Markdown file for each, in test/fixtures/natural-edits/<area>/<name>.md.
 *
 * How to add one
 *
 * 1. Write its title and the edit, nothing else:
 *
 *        # Set the status with a word of your own
 *
 *        ## Edit
 *
 *        In `fix-login`:
 *
 *        ```diff
 *        -status: in_progress
 *        +status: Done
 *        ```
 *
 * 2. DIPTYCH_UPDATE_PINS=1 node --test test/natural-edits/natural-edits.test.ts
 *    (NATURAL=part-of-a-path runs only the fixtures whose path holds it, and leaves the page alone)
 * 3. Read what the file says now under Meaning, Told and After. Where that is not what a person means,
 *    mend the program and run again.
 *
 * Steps, carried out in order: a sentence, some with a fenced text below it.
 *
 *     In `P`:  with a diff         lines that begin with a blank, - or +; `@@` parts two places.
 *                                  What a place reads before must occur exactly once.
 *     `P` reads:  with a text      a new file, or one that is rewritten as a whole
 *     `P` is deleted.
 *     `P` is moved to `Q`.         folders, too
 *     `P` is copied to `Q`.
 *     `P` is saved again.          the same bytes, later: that releases what is held
 *     `P` has CRLF line ends.      also: a byte order mark; no last line end
 *     Sync.                        what comes before is taken first
 *
 * A path is one from the session's folder (`board.md`, `tasks/new.md`), from the root
 * (`sessions/other/session.md`), or the end of a file's name (`fix-login`, `backend`).
 *
 * The project before the edit is test/fixtures/natural-edits/before/; a section `## Before` with steps
 * adds to it. A paragraph under the title says why, where the meaning surprises.
 *
 * A fixture passes when its file is exactly what came of it, a second synchronization writes nothing,
 * and a database made of the folder alone holds the same. Where it cannot, `## Rebuild` lists what
 * differs, and a sentence there has to say why, unless something is told that is not taken yet.
 *
 * A new area is one entry in test/fixtures/natural-edits/areas.md; docs/natural-edits.md follows.
 */
import assert from 'node:assert/strict'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Bench, openBench } from './bench.ts'
import { parseFixture, printFixture } from './fixture.ts'
import { type Told, parseAreas, printPage } from './page.ts'
import { runFixture } from './run-fixture.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/natural-edits/', import.meta.url))
const PAGE = fileURLToPath(new URL('../../docs/natural-edits.md', import.meta.url))
const UPDATE = process.env['DIPTYCH_UPDATE_PINS'] === '1'
const ONLY = process.env['NATURAL'] ?? ''

const areas = parseAreas(readFileSync(`${FIXTURES}areas.md`, 'utf8'))
const all = globSync('*/*.md', { cwd: FIXTURES }).sort()
const paths = all.filter((path) => path.includes(ONLY))
const told = new Map<string, Told[]>()
let bench: Bench

before(async () => {
  bench = await openBench(`${FIXTURES}before`)
  const report = await bench.project.engine.sync()
  assert.deepEqual(report.diagnostics, [])
  await bench.close()
})

after(async () => await bench[Symbol.asyncDispose]())

function assertFile(path: string, text: string): void {
  if (UPDATE) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  const hint = `${basename(path)} differs; DIPTYCH_UPDATE_PINS=1 accepts it`
  assert.equal(text, readFileSync(path, 'utf8'), hint)
}

describe('natural edits', () => {
  it('has fixtures, each in an area that the page knows', () => {
    assert.notEqual(paths.length, 0)
    const known = new Set(areas.map(({ folder }) => folder))
    assert.deepEqual(
      all.filter((path) => !known.has(dirname(path))),
      [],
    )
  })

  for (const path of paths) {
    it(path.replace(/\.md$/, ''), async () => {
      const file = FIXTURES + path
      const fixture = parseFixture(readFileSync(file, 'utf8'))
      const outcome = await runFixture(bench.root, fixture)
      told.set(dirname(path), [...(told.get(dirname(path)) ?? []), { fixture, outcome }])
      assertFile(file, printFixture(fixture, outcome))
      const open = outcome.told.some((line) => / (error|warning)\[/.test(line))
      assert.ok(
        outcome.rebuild.length === 0 || open || fixture.reason !== '',
        `a rebuild differs, and \`## Rebuild\` does not say why:\n${outcome.rebuild.join('\n')}`,
      )
    })
  }

  it('are told in docs/natural-edits.md', { skip: ONLY !== '' }, () => {
    const complete = [...told.values()].flat().length === paths.length
    assert.ok(complete || UPDATE, 'a fixture could not be carried out, so the page is not compared')
    assertFile(PAGE, printPage(areas, told))
  })
})
