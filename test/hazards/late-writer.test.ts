import assert from 'node:assert/strict'
import { closeSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { openEngine } from '../../src/engine/open-engine.ts'
import { makeWorkspace } from '../sync/workspace.ts'

it('H34 takes what a program writes into a file that it opened before the swap', async (t) => {
  const w = await makeWorkspace(t)
  const id = await w.add('task', 'Fix login', { notes: 'one' })
  await w.sync()
  const path = await w.pathOf(id)
  const held = openSync(join(w.root, path), 'a')
  await w.edit(id, { assignee: 'bob' })
  await w.sync()
  assert.match(w.read(path), /assignee: bob/)
  writeSync(held, '\ntwo, written late\n')
  closeSync(held)
  await w.sync()
  assert.match(w.read(path), /assignee: bob[\s\S]*one\n\ntwo, written late/)
  assert.equal(await w.field(id, 'notes'), 'one\n\ntwo, written late')
  assert.equal((await w.sync()).writes, 0)
})

it('drops a displaced file when a minute has passed, and not before', async (t) => {
  const w = await makeWorkspace(t)
  const id = await w.add('task', 'Fix login')
  await w.sync()
  await w.edit(id, { assignee: 'bob' })
  await w.sync()
  const pending = join(w.root, '.local', 'pending')
  const asides = await w.project().base.asides()
  assert.ok(asides.length > 0)
  const { clock } = w.project()
  const later = { ...clock, now: () => clock.now() + 61_000 }
  await w.sync()
  for (const { intent } of asides) assert.ok(readdirSync(pending).includes(intent.aside))
  await openEngine({ ...w.project(), clock: later }).sync()
  for (const { intent } of asides) assert.ok(!readdirSync(pending).includes(intent.aside))
  assert.deepEqual(await w.project().base.asides(), [])
})
