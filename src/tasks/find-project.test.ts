import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { DiptychError } from '../model/error.ts'
import { CONFIG_MARKER, findProject } from './find-project.ts'

function folder(context: TestContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'diptych-find-')))
  context.after(() => rmSync(path, { recursive: true }))
  return path
}

function write(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
}

test('a project is found from any folder below it, its own too', (context) => {
  const root = folder(context)
  write(join(root, '.task_orchestrator/config.yaml'), '')
  mkdirSync(join(root, 'src/deep'), { recursive: true })
  mkdirSync(join(root, '.task_orchestrator/sessions/main'), { recursive: true })
  const expected = { directory: root, folder: '.task_orchestrator' }
  for (const below of ['', 'src/deep', '.task_orchestrator', '.task_orchestrator/sessions/main']) {
    assert.deepEqual(findProject(join(root, below), null), expected, below)
  }
})

test('a folder of another name is known by the first line of its settings', (context) => {
  const root = folder(context)
  write(join(root, 'docs/config.yaml'), 'layout: flat\n')
  write(join(root, 'plan/config.yaml'), `${CONFIG_MARKER}: settings\n`)
  mkdirSync(join(root, 'plan/sessions'))
  const expected = { directory: root, folder: 'plan' }
  assert.deepEqual(findProject(root, null), expected)
  assert.deepEqual(findProject(join(root, 'plan/sessions'), null), expected)
})

test('a named directory is the project or none is', (context) => {
  const root = folder(context)
  write(join(root, '.task_orchestrator/config.yaml'), '')
  mkdirSync(join(root, 'src'))
  assert.equal(findProject('/', root).directory, root)
  assert.equal(findProject(join(root, 'src'), '..').directory, root)
  for (const wrong of ['src', 'nowhere']) {
    assert.throws(
      () => findProject(root, wrong),
      (error) => error instanceof DiptychError && error.code === 'not-initialized',
    )
  }
})
