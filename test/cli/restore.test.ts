import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { json, project, run } from './command-line.ts'

test('restore --all after a mass deletion writes what is missing, and only then what was trashed before', async (context) => {
  const directory = await project(context)
  const files: string[] = []
  for (let at = 0; at < 6; at++) {
    const item = await json(directory, 'task', 'add', `Task ${at}`)
    files.push(join(directory, item.path))
  }
  await json(directory, 'task', 'rm', 'Task 0')
  for (const file of files.slice(1)) rmSync(file)
  const held = await run(directory, 'status')
  assert.match(held.stdout, /5 files are gone at once/)
  assert.match(held.stdout, /next: .*sync --accept-deletions.*: diptych restore --all/)
  const first = await run(directory, 'restore', '--all')
  assert.match(first.stdout, /^written again: 5 documents\n$/)
  assert.match(first.stderr, /the trash stays as it is \(1\)/)
  assert.equal((await json(directory, 'trash')).items.length, 1)
  const second = await json(directory, 'restore', '--all')
  assert.deepEqual([second.items.length, second.written], [1, 0])
  assert.equal((await json(directory, 'trash')).items.length, 0)
})

test('a task whose file is gone is named once, with the way back', async (context) => {
  const directory = await project(context)
  const item = await json(directory, 'task', 'add', 'Fix login')
  rmSync(join(directory, item.path))
  const { stderr } = await run(directory, 'status')
  assert.match(stderr, /“Fix login” is in the trash, as its file is gone \(`diptych restore t-/)
  assert.doesNotMatch((await run(directory, 'status')).stderr, /Fix login/)
})

for (const [what, damage] of [
  ['an emptied file', () => ''],
  ['a file without its keys', (text: string) => text.replace(/---\n[^]*?---\n/, '')],
] as const) {
  test(`restore writes the last text of ${what} again`, async (context) => {
    const directory = await project(context)
    const item = await json(directory, 'task', 'add', 'Fix login', '--priority', 'high')
    const file = join(directory, item.path)
    const before = readFileSync(file, 'utf8')
    writeFileSync(file, damage(before))
    assert.match((await run(directory, 'status')).stdout, /warning\[held\]/)
    const { code, stdout } = await run(directory, 'restore', 'login')
    assert.equal(code, 0)
    assert.match(stdout, /^written again: t-\w+ Fix login\n/)
    assert.equal(readFileSync(file, 'utf8'), before)
    assert.equal((await json(directory, 'status')).held.length, 0)
    const { code: nothing, stderr } = await run(directory, 'restore', 'login')
    assert.equal(nothing, 3)
    assert.match(stderr, /nothing of its file waits/)
  })
}
