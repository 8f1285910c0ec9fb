import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { entityDocument } from '../../src/model/document.ts'
import { makeLiveWorkspace } from './live-workspace.ts'

const EDITOR = fileURLToPath(new URL('./busy-editor.ts', import.meta.url))
const TURNS = 120

test('a live engine and commands of another process lose nothing of each other', async (t) => {
  const space = await makeLiveWorkspace(t, { quietAfter: 300 })
  const ids = []
  for (let n = 0; n < 5; n++) ids.push(await space.add('task', `Task ${n}`))
  await space.live.settled()
  const child = spawn(process.execPath, [EDITOR, space.directory, String(TURNS)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  t.after(() => child.kill())
  const [code] = await once(child, 'exit')
  assert.equal(code, 0)
  await space.live.settled()
  await new Promise((resolve) => setTimeout(resolve, 400))
  await space.live.settled()
  const failures = space.events.filter(({ kind }) => kind === 'failed')
  assert.deepEqual(failures, [])

  const texts = await Promise.all(
    ids.map(async (id) => readFileSync(join(space.root, await space.pathOf(id)), 'utf8')),
  )
  const stored = await space.project().store.documents(ids.map(entityDocument))
  const { items } = await space.project().store.history({ field: 'labels', limit: 1000 })
  const history = JSON.stringify(items.map((change) => change.new))
  const shown = texts.join('\n')
  for (let turn = 0; turn < TURNS; turn++) {
    if (turn % 2 === 1) {
      assert.ok(history.includes(`"label-${turn}"`), `label-${turn} is in the history`)
      continue
    }
    assert.ok(shown.includes(`\nLine ${turn}.\n`), `line ${turn} is in its file`)
    assert.ok(
      stored.some(({ text }) => text?.includes(`\nLine ${turn}.\n`)),
      `line ${turn} is in the database`,
    )
  }
  for (const id of ids) {
    const labels = await space.field(id, 'labels')
    assert.ok(Array.isArray(labels))
    const text = space.read(await space.pathOf(id))
    for (const label of labels) assert.ok(text.includes(`- ${label}\n`), `${id} shows ${label}`)
  }
  assert.equal((await space.sync()).writes, 0)
})
