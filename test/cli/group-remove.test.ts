import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { json, project, run } from './command-line.ts'

test('a removed group leaves its tasks, and has them again once it is restored', async (context) => {
  const directory = await project(context)
  const group = await json(directory, 'group', 'add', 'Backend')
  const task = await json(directory, 'task', 'add', 'Fix login', '-g', 'backend')
  const removed = await run(directory, 'group', 'rm', 'backend')
  assert.equal(removed.code, 0)
  assert.match(removed.stderr, /its task stays and stands on the board under "No group"/)
  assert(!existsSync(join(directory, group.path)))
  const board = (): string =>
    readFileSync(join(directory, '.task_orchestrator/sessions/main/board.md'), 'utf8')
  assert.match(board(), /## No group\n\n- \[ \] \[Fix login\]/)
  assert.doesNotMatch(board(), /Backend/)
  await json(directory, 'restore', 'backend')
  assert.match(board(), /## \[Backend\]\(groups\/backend\.md\)\n\n- \[ \] \[Fix login\]/)
  assert.equal((await json(directory, 'task', 'show', task.id)).group, group.id)
})
