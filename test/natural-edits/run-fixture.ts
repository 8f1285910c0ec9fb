import assert from 'node:assert/strict'
import { presentDiagnostic } from '../../src/cli/present/diagnostic.ts'
import { paintFor } from '../../src/cli/present/paint.ts'
import type { FileDiagnostic } from '../../src/model/diagnostic.ts'
import {
  type Bench,
  type Entities,
  type Files,
  entitiesOf,
  filesOf,
  openBench,
  rebuiltOf,
} from './bench.ts'
import type { Fixture, Outcome } from './fixture.ts'
import { tellConflicts, tellMeaning } from './tell-meaning.ts'
import { tellFiles } from './tell-files.ts'
import { SESSION, takeStep } from './steps.ts'

const STANDARD_ID = /\b[sgtn]-[0-9a-hjkmnp-tv-z]{8}\b/g
const PLAIN = paintFor(false)

/**
 * Carries out a fixture on a copy of `source`, the folder of a project that is at rest, and tells what
 * came of it. Fails where a second synchronization still writes or says something else.
 */
export async function runFixture(source: string, fixture: Fixture): Promise<Outcome> {
  await using bench = await openBench(source)
  const sync = async (): Promise<void> => void (await bench.project.engine.sync())
  for (const step of fixture.before.steps) await takeStep(bench.root, step, sync)
  if (fixture.before.steps.length > 0) await sync()
  const before = await entitiesOf(bench)
  for (const step of fixture.edit.steps) await takeStep(bench.root, step, sync)
  const saved = shownFiles(bench, fixture)
  const told = toldBy(await bench.project.engine.sync())
  const after = await entitiesOf(bench)
  await assertAtRest(bench, told)
  const { catalogue, store } = bench.project
  const conflicts = await store.conflicts()
  const files = tellFiles(saved, shownFiles(bench, fixture))
  const rebuilt = await rebuiltOf(bench)
  return withoutChance(source, fixture, {
    meaning: [...tellMeaning(catalogue, before, after), ...tellConflicts(after, conflicts)],
    told,
    after: files.replaceAll(`${SESSION}/`, ''),
    rebuild: tellMeaning(catalogue, inFolder(bench, after), inFolder(bench, rebuilt)),
  })
}

function toldBy({
  diagnostics,
}: {
  readonly diagnostics: readonly FileDiagnostic[]
}): readonly string[] {
  return diagnostics.map((diagnostic) =>
    presentDiagnostic(diagnostic, PLAIN).replaceAll(`${SESSION}/`, ''),
  )
}

/** Files by path; overviews only where the edit is about one, as they follow everything. */
function shownFiles({ root }: Bench, { edit }: Fixture): Files {
  const overviews = edit.source.includes('overview')
  const files = Object.entries(filesOf(root))
  return Object.fromEntries(files.filter(([path]) => overviews || !path.endsWith('/overview.md')))
}

/** What is told each time until it is mended; notes are told once. */
function openMatters(told: readonly string[]): readonly string[] {
  return told.filter((line) => !/ note\[/.test(line))
}

async function assertAtRest(bench: Bench, told: readonly string[]): Promise<void> {
  const files = filesOf(bench.root)
  const again = await bench.project.engine.sync()
  assert.equal(again.writes, 0, 'a second synchronization writes')
  assert.deepEqual(
    openMatters(toldBy(again)),
    openMatters(told),
    'a second synchronization says something else',
  )
  assert.deepEqual(filesOf(bench.root), files, 'a second synchronization changes files')
}

/** Entities with those fields that some file shows. */
function inFolder({ project: { catalogue } }: Bench, entities: Entities): Entities {
  return new Map(
    [...entities].map(([id, entity]) => {
      const spec = catalogue[entity.kind]
      const shown = [...entity.fields].filter(([name]) => spec.get(name)?.home !== 'database')
      return [id, { ...entity, fields: new Map(shown) }]
    }),
  )
}

/** An outcome in which new ids are numbered in the order in which they appear. */
function withoutChance(source: string, fixture: Fixture, outcome: Outcome): Outcome {
  const given = [...Object.values(filesOf(source)), fixture.before.source, fixture.edit.source]
  const known = new Set(given.flatMap((text) => text.match(STANDARD_ID) ?? []))
  const numbers = new Map<string, string>()
  const plain = (text: string): string =>
    text.replaceAll(STANDARD_ID, (id) => {
      if (known.has(id)) return id
      const number = numbers.get(id) ?? `${id.slice(0, 2)}new${numbers.size + 1}`
      numbers.set(id, number)
      return number
    })
  return {
    meaning: outcome.meaning.map(plain),
    told: outcome.told.map(plain),
    after: plain(outcome.after),
    rebuild: outcome.rebuild.map(plain),
  }
}
