import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { it } from 'node:test'
import type { EntityId } from '../../src/model/id.ts'
import { importTasks } from '../../src/tasks/import-tasks.ts'
import { type Workspace, makeWorkspace } from './workspace.ts'

/** Task files of another program, where there are some to try. */
const SAMPLE = process.env['DIPTYCH_BACKLOG'] ?? ''
const EDITS = 20

interface Imported {
  readonly id: EntityId
  readonly path: string
}

/** Every `step`-th of the imported tasks, so that files of all sorts are among them. */
async function someTasks(w: Workspace): Promise<readonly Imported[]> {
  const names = (await w.project().store.names()).filter(({ kind }) => kind === 'task')
  const step = Math.floor(names.length / EDITS)
  return names.flatMap(({ id, path }, index) =>
    index % step === 0 && path !== null ? [{ id, path }] : [],
  )
}

function differingLines(before: string, after: string): readonly string[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ]
}

it(
  'an imported backlog is at rest, takes hand edits, and shows row edits in their own lines',
  { skip: existsSync(SAMPLE) ? false : 'DIPTYCH_BACKLOG names no folder' },
  async (t) => {
    const w = await makeWorkspace(t)
    const request = { folder: SAMPLE, session: null, dryRun: false, progress: () => {} }
    const { tasks, refused } = await importTasks(w.project(), request)
    assert.ok(tasks.length > 50)
    for (const { reason } of refused) assert.notEqual(reason, '')
    const first = await w.sync()
    assert.deepEqual(first.diagnostics, [])
    assert.equal((await w.sync()).writes, 0)
    const chosen = await someTasks(w)
    assert.ok(chosen.length >= EDITS)

    for (const [index, { path }] of chosen.entries()) {
      w.write(
        path,
        `${w.read(path).replace(/^# .*$/m, `# Hand edit ${index}`)}\n## Mine\n\nkept ${index}\n`,
      )
    }
    const typed = chosen.map(({ path }) => w.read(path))
    assert.equal((await w.sync()).ingested, chosen.length)
    for (const [index, { id, path }] of chosen.entries()) {
      assert.equal(await w.field(id, 'title'), `Hand edit ${index}`)
      assert.equal(w.read(path), typed[index])
    }
    assert.equal((await w.sync()).writes, 0)

    const before = w.files()
    for (const { id } of chosen) await w.edit(id, { specialist: 'reviewer' })
    await w.sync()
    const after = w.files()
    for (const { path } of chosen) {
      const lines = differingLines(before[path] ?? '', after[path] ?? '')
      assert.deepEqual(lines, ['+ specialist: reviewer'], path)
    }
    const others = Object.keys(after).filter((path) => before[path] !== after[path])
    assert.equal(others.filter((path) => path.includes('/tasks/')).length, chosen.length)
    assert.equal((await w.sync()).writes, 0)
  },
)
