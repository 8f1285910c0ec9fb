import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ERRORS } from '../../src/model/error.ts'
import { readSamples } from './samples.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const LIBRARY = join(ROOT, 'src/library/main.ts')
const PAGE = readFileSync(join(ROOT, 'docs/library.md'), 'utf8')

/** Pages whose samples are programs. */
const SAMPLED: readonly string[] = [PAGE, readFileSync(join(ROOT, 'README.md'), 'utf8')]

/** Module that the samples' comparisons call. */
const COMPARE = `import { deepStrictEqual } from 'node:assert'
export const compared = new Set<number>()
export function compare(line: number, actual: unknown, expected: unknown): void {
  compared.add(line)
  const shown = JSON.stringify(actual) + ' is not ' + JSON.stringify(expected)
  deepStrictEqual(actual, expected, 'line ' + line + ': ' + shown)
}
`

function temporary(t: TestContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'diptych-library-')))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  writeFileSync(join(path, 'package.json'), '{ "type": "module" }')
  return path
}

test('the samples of the documentation are well typed', (t) => {
  const directory = temporary(t)
  const files = SAMPLED.map((page, n) => {
    writeFileSync(join(directory, `${n}.ts`), `${readSamples(page).source}\nexport {}\n`)
    return `${n}.ts`
  })
  const config = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: {
      noEmit: true,
      noUnusedLocals: false,
      paths: { diptych: [LIBRARY] },
      typeRoots: [join(ROOT, 'node_modules/@types')],
    },
    include: [],
    files,
  }
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(config))
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
  const run = spawnSync(process.execPath, [compiler, '--project', directory], { encoding: 'utf8' })
  assert.equal(run.stdout + run.stderr, '')
})

test('the samples of the documentation do what they say, in order', (t) => {
  const counts = SAMPLED.map((page) => runSamples(temporary(t), page))
  assert.ok((counts[0] ?? 0) > 30, `only ${counts[0]} values are compared`)
  assert.ok((counts[1] ?? 0) > 1, `only ${counts[1]} values of the README are compared`)
})

/** Runs a page's samples in `directory`, and gives the number of values that were compared. */
function runSamples(directory: string, page: string): number {
  const { program, expected } = readSamples(page)
  const source = program.replaceAll(
    /from 'diptych'/g,
    `from ${JSON.stringify(pathToFileURL(LIBRARY).href)}`,
  )
  writeFileSync(join(directory, 'compare.ts'), COMPARE)
  const report = `
import { compare, compared } from './compare.ts'
console.log(JSON.stringify([...compared]))
`
  writeFileSync(join(directory, 'library.ts'), source + report)
  const run = spawnSync(process.execPath, ['library.ts'], { cwd: directory, encoding: 'utf8' })
  assert.equal(run.status, 0, run.stderr)
  const compared = new Set(JSON.parse(run.stdout) as readonly number[])
  assert.deepEqual(
    expected.filter((line) => !compared.has(line)),
    [],
    'lines that were never reached',
  )
  return expected.length
}

test('the documentation explains every code that an error can have, and no other', () => {
  const [, table = ''] = PAGE.split('| Code | Means |')
  const codes = [...table.matchAll(/^\| `([a-z-]+)` \| \S/gm)].map(([, code]) => code)
  assert.deepEqual(codes, Object.keys(ERRORS))
})
