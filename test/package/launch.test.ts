import assert from 'node:assert/strict'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { ROOT, runProgram } from './installed-package.ts'

/** A folder in which the launcher finds scripts that only say where they stand. */
function programFolder(context: TestContext, ...scripts: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-launch-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  for (const script of scripts) {
    mkdirSync(dirname(join(folder, script)), { recursive: true })
    writeFileSync(join(folder, script), `process.stdout.write('${script}')`)
  }
  return folder
}

const COMMAND = 'bin/diptych.js'

test('a checkout runs its sources, whatever was built of them before', async (context) => {
  const folder = programFolder(context, 'src/cli/main.ts', 'dist/cli/main.js')
  const { code, stdout } = await runProgram(process.execPath, [COMMAND], folder)
  assert.deepEqual([code, stdout], [0, 'src/cli/main.ts'])
})

test('the package runs what was built, and keeps its compiled code with the caches of the user', async (context) => {
  const folder = programFolder(context, 'dist/cli/main.js')
  const { code, stdout } = await runProgram(process.execPath, [COMMAND], folder)
  assert.deepEqual([code, stdout], [0, 'dist/cli/main.js'])
  if (process.platform === 'win32' || process.env['NODE_COMPILE_CACHE']) return
  assert.ok(existsSync(join(folder, '.cache/diptych')))
  assert.notDeepEqual(readdirSync(join(folder, '.cache/diptych')), [])
})

test('a home that cannot be written to is no obstacle', async (context) => {
  const folder = programFolder(context, 'dist/cli/main.js')
  writeFileSync(join(folder, '.cache'), 'a file where a folder should be')
  const { code, stdout, stderr } = await runProgram(process.execPath, [COMMAND], folder)
  assert.deepEqual([code, stdout, stderr], [0, 'dist/cli/main.js', ''])
})
