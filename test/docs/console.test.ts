import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { BINARY } from '../cli/command-line.ts'
import { fencesOf, readPage, ROOT } from './page.ts'

/** A shell that a page's sessions are typed into, one command after the other. */
interface Shell {
  /** What both streams say, without colours. */
  type(command: string): string
}

/** Opens a shell in an empty directory, in which `diptych` is the program of this checkout. */
function openShell(context: TestContext): Shell {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'diptych-docs-')))
  context.after(() => rmSync(home, { recursive: true, force: true }))
  const programs = join(home, 'bin')
  let directory = join(home, 'shop')
  for (const path of [programs, directory]) mkdirSync(path)
  const program = join(programs, 'diptych')
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${BINARY}' "$@"\n`)
  chmodSync(program, 0o755)
  const env = {
    PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`,
    HOME: home,
    DIPTYCH_ACTOR: 'alice',
    NO_COLOR: '1',
  }
  return {
    type(command) {
      const script = `(${command.replace(/^(cd .*)$/, '$1; pwd')}) 2>&1`
      const { stdout } = spawnSync('sh', ['-c', script], { cwd: directory, env, encoding: 'utf8' })
      if (command.startsWith('cd ')) {
        directory = stdout.trim()
        return ''
      }
      return stdout.replaceAll(home, '~')
    },
  }
}

/** Commands and what is shown below each, as a page has them. */
function steps(text: string): readonly { readonly command: string; readonly shown: string }[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((step) => {
      const [command = '', ...shown] = step.split('\n')
      return { command, shown: shown.join('\n').trimEnd() }
    })
}

/** `text` with ids by their first appearance and without days and times, which differ from run to run. */
function normalized(text: string, ids: Map<string, string>): string {
  const named = text.replaceAll(/\b([sgtncf])-([0-9a-z]{8})\b/g, (id, letter: string) => {
    const known = ids.get(id) ?? `${letter}-${String(ids.size).padStart(8, '0')}`
    ids.set(id, known)
    return known
  })
  return named.replaceAll(/\d{4}-\d\d-\d\d( \d\d:\d\d)?/g, 'DAY').trimEnd()
}

/** Runs the sessions of a page; with `DIPTYCH_UPDATE_DOCS=1`, writes down what they show now. */
function checkSessions(context: TestContext, path: string): number {
  const page = readPage(path)
  const shell = openShell(context)
  const [expected, actual] = [new Map<string, string>(), new Map<string, string>()]
  const sessions = fencesOf(page).filter(({ language }) => language === 'console')
  let next = page
  let count = 0
  for (const { text, line } of sessions) {
    let written = ''
    for (const { command, shown } of steps(text)) {
      const said = shell.type(command)
      written += `$ ${command}\n${said.trimEnd() === '' ? '' : `${said.trimEnd()}\n`}`
      count++
      if (process.env['DIPTYCH_UPDATE_DOCS'] === '1') continue
      const place = `${path}, block at line ${line}: ${command}`
      assert.equal(normalized(said, actual), normalized(shown, expected), place)
    }
    next = next.replace(`\`\`\`console\n${text}\n\`\`\``, () => `\`\`\`console\n${written}\`\`\``)
  }
  if (process.env['DIPTYCH_UPDATE_DOCS'] === '1') writeFileSync(join(ROOT, path), next)
  return count
}

test('the sessions in the README do what they show', (context) => {
  assert.ok(checkSessions(context, 'README.md') >= 8)
})
