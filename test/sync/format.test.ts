import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { rewriteDocuments } from '../../src/engine/rewrite-documents.ts'
import { entityDocument } from '../../src/model/document.ts'
import { formatDocuments, type FormatReport } from '../../src/tasks/format-documents.ts'
import { makeWorkspace, type Workspace } from './workspace.ts'

const ORDER = { origin: 'api', actor: null, summary: 'fmt' } as const

/** Types over a task's file; what is to be replaced must be there. */
async function type(workspace: Workspace, path: string, from: string, to: string): Promise<void> {
  const before = workspace.read(path)
  assert.ok(before.includes(from), before)
  workspace.write(path, before.replace(from, to))
  await workspace.sync()
}

async function format(workspace: Workspace, write = true): Promise<FormatReport> {
  return formatDocuments(workspace.project(), { files: [], fields: null, write })
}

test('formatting changes the spelling in the file, no value, and both panels stay equal', async (t) => {
  const workspace = await makeWorkspace(t)
  const id = await workspace.add('task', 'Fix login')
  await workspace.sync()
  const path = await workspace.pathOf(id)
  const typed = 'status: wip\nestimate: 2 days\ntags: a, b\nmine: wip\n'
  await type(workspace, path, 'status: pending\n', typed)
  const before = await workspace.entity(id)
  const text = workspace.read(path)
  const { changes } = await format(workspace)
  assert.deepEqual(
    changes.map(({ line, field, from, to }) => [line, field, from, to]),
    [
      [2, 'status', 'wip', 'in_progress'],
      [3, 'estimate', '2 days', '16h'],
      [4, 'labels', 'a, b', '[a, b]'],
    ],
  )
  const printed = 'status: in_progress\nestimate: 16h\ntags:\n  - a\n  - b\nmine: wip\n'
  assert.equal(workspace.read(path), text.replace(typed, printed))
  assert.deepEqual(await workspace.entity(id), before)
  const [stored] = await workspace.project().store.documents([entityDocument(id)])
  assert.equal(stored?.text, workspace.read(path))
  assert.equal((await workspace.sync()).writes, 0)
  assert.deepEqual((await format(workspace)).changes, [])
})

test('a dry run says the same and writes nothing', async (t) => {
  const workspace = await makeWorkspace(t)
  const id = await workspace.add('task', 'Fix login')
  await workspace.sync()
  const path = await workspace.pathOf(id)
  await type(workspace, path, 'status: pending', 'status: wip')
  const files = workspace.files()
  assert.equal((await format(workspace, false)).changes.length, 1)
  assert.deepEqual(workspace.files(), files)
})

test('a document with an error is named and left alone, and the others are formatted', async (t) => {
  const workspace = await makeWorkspace(t)
  const broken = await workspace.add('task', 'Broken')
  const whole = await workspace.add('task', 'Whole')
  await workspace.sync()
  const [bad, good] = [await workspace.pathOf(broken), await workspace.pathOf(whole)]
  await type(workspace, bad, 'status: pending', 'status: wip\npriority: soonish')
  await type(workspace, good, 'status: pending', 'status: wip')
  const before = workspace.read(bad)
  const { changes, refused } = await format(workspace)
  assert.deepEqual(
    changes.map(({ path }) => path),
    [good],
  )
  assert.equal(refused[0]?.path, bad)
  assert.equal(workspace.read(bad), before)
  assert.equal((await workspace.project().base.waiting()).length, 1, 'it still waits')
})

test('a day that counts from one that nobody saw is left alone, and why is said', async (t) => {
  const workspace = await makeWorkspace(t)
  const id = await workspace.add('task', 'Fix login')
  await workspace.sync()
  const path = await workspace.pathOf(id)
  await type(workspace, path, 'status: pending\n', 'status: wip\ndue: tomorrow\n')
  const text = workspace.read(path)
  const { changes, refused } = await format(workspace)
  assert.deepEqual(changes, [])
  assert.match(
    refused[0]?.message ?? '',
    /`tomorrow`: it counts from the day on which it was written/,
  )
  assert.equal(workspace.read(path), text)
})

test('a save that nobody has seen yet is not overwritten', async (t) => {
  const workspace = await makeWorkspace(t)
  const id = await workspace.add('task', 'Fix login')
  await workspace.sync()
  const path = await workspace.pathOf(id)
  await type(workspace, path, 'status: pending', 'status: wip')
  const [base] = await workspace.project().base.agreed([entityDocument(id)])
  assert.ok(base)
  const saved = workspace.read(path).replace('# Fix login', '# Fix login\n\nSaved just now.')
  workspace.write(path, saved)
  const rewrite = { key: base.key, path: base.path, from: base.hash, text: `${base.text}\n` }
  const written = await rewriteDocuments(workspace.project(), [rewrite], ORDER)
  assert.equal(written.size, 0)
  assert.equal(workspace.read(path), saved)
  const { refused } = await format(workspace)
  assert.deepEqual(
    refused.map(({ code }) => code),
    ['pending'],
  )
  await workspace.sync()
  assert.equal((await format(workspace)).changes.length, 1)
  assert.match(workspace.read(path), /status: in_progress[^]*Saved just now\./)
})

test('an open conflict keeps both its values when its document is formatted', async (t) => {
  const workspace = await makeWorkspace(t)
  const id = await workspace.add('task', 'Fix login')
  await workspace.sync()
  const path = await workspace.pathOf(id)
  await workspace.edit(id, { assignee: 'alice' })
  workspace.write(
    path,
    workspace.read(path).replace('status: pending', 'priority: P1\nassignee: bob\nstatus: todo'),
  )
  await workspace.sync()
  assert.equal((await workspace.project().store.conflicts()).length, 1)
  await format(workspace)
  await workspace.sync()
  assert.match(workspace.read(path), /priority: high\nassignee: bob\nstatus: pending/)
  assert.equal(await workspace.field(id, 'assignee'), 'alice')
  assert.equal((await workspace.project().store.conflicts()).length, 1)
  assert.equal((await workspace.sync()).writes, 0)
})

test('one file alone is formatted where one is named', async (t) => {
  const workspace = await makeWorkspace(t)
  const [one, two] = [await workspace.add('task', 'One'), await workspace.add('task', 'Two')]
  await workspace.sync()
  const [first, second] = [await workspace.pathOf(one), await workspace.pathOf(two)]
  await type(workspace, first, 'status: pending', 'status: todo')
  await type(workspace, second, 'status: pending', 'status: todo')
  const files = [join(workspace.root, first)]
  await formatDocuments(workspace.project(), { files, fields: null, write: true })
  assert.match(workspace.read(first), /status: pending/)
  assert.match(workspace.read(second), /status: todo/)
})
