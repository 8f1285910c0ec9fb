import assert from 'node:assert/strict'
import { closeSync, openSync, readFileSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { saveDocument } from '../../src/engine/save-document.ts'
import type { DocumentPath } from '../../src/model/document.ts'
import { writeDocument } from '../../src/tasks/write-document.ts'
import { makeWorkspace, type Workspace } from '../sync/workspace.ts'

async function oneTask(w: Workspace): Promise<DocumentPath> {
  const id = await w.add('task', 'Ship it', { estimate: '4h' })
  await w.sync()
  return (await w.pathOf(id)) as DocumentPath
}

test('what an editor writes into a file that was replaced under it is merged, not lost', async (t) => {
  const w = await makeWorkspace(t)
  const path = await oneTask(w)
  const before = w.read(path)
  const editor = openSync(join(w.root, path), 'r+')
  try {
    const mine = before.replace('estimate: 4h', 'estimate: 6h')
    await writeDocument(w.project(), { idOrPath: path, text: mine, expected: null })
    writeSync(editor, `${before}\nTheir last words.\n`, 0)
  } finally {
    closeSync(editor)
  }
  await w.sync()
  assert.match(w.read(path), /estimate: 6h/)
  assert.match(w.read(path), /Their last words\./)
})

test('the bytes that a write replaces are kept, without an expected hash too', async (t) => {
  const w = await makeWorkspace(t)
  const path = await oneTask(w)
  const { folder, base } = w.project()
  const theirs = `${w.read(path)}\nNobody has read this yet.\n`
  w.write(path, theirs)
  const hash = folder.hash(Buffer.from(theirs))
  assert.equal(await base.kept(hash), null)
  await writeDocument(w.project(), { idOrPath: path, text: '# Mine\n', expected: null })
  assert.equal(w.read(path), '# Mine\n')
  assert.equal(Buffer.from((await base.kept(hash)) ?? []).toString(), theirs)
})

test('a crash before the file was touched leaves it as it was, and nothing behind', async (t) => {
  const w = await makeWorkspace(t)
  const path = await oneTask(w)
  const before = w.read(path)
  const project = w.project()
  const crash = { ...project.folder, carryOut: () => Promise.reject(new Error('crash')) }
  const save = { path, text: '# Mine\n', expected: project.folder.hash(Buffer.from(before)) }
  await assert.rejects(saveDocument({ ...project, folder: crash }, save), /crash/)
  assert.equal((await project.base.intents()).length, 1)
  await w.reopen()
  await w.sync()
  assert.equal(w.read(path), before)
  assert.deepEqual(await w.project().base.intents(), [])
})

test('a write that is the same changes nothing on the disk', async (t) => {
  const w = await makeWorkspace(t)
  const path = await oneTask(w)
  const pending = join(w.root, '.local/pending')
  const names = readdirSync(pending).sort()
  const text = readFileSync(join(w.root, path), 'utf8')
  await writeDocument(w.project(), { idOrPath: path, text, expected: null })
  assert.deepEqual(readdirSync(pending).sort(), names)
})
