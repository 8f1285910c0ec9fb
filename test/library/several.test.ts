import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openWorkspace, type Workspace } from '../../src/library/main.ts'
import { gathered, save, temporary, textOf, workspace } from './bed.ts'

const BUSY = fileURLToPath(new URL('busy-program.ts', import.meta.url))
const LIBRARY = new URL('../../src/library/main.ts', import.meta.url).href

/** Another process with a workspace on the project. */
async function elsewhere(directory: string): Promise<AsyncDisposable> {
  const program = `
import { openWorkspace } from '${LIBRARY}'
const ws = await openWorkspace(${JSON.stringify(directory)})
await ws.sync.settled()
console.log('open')
process.stdin.resume().on('end', () => void ws.close())
`
  const args = ['--input-type=module-typescript', '--eval', program]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return {
    [Symbol.asyncDispose]: async () => {
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

function ticked(line: string): string {
  return line.includes('Jotted') ? line.replace('[ ]', '[x]') : line
}

async function titles(ws: Workspace): Promise<readonly string[]> {
  return (await gathered(ws.tasks.list())).map(({ title }) => title).sort()
}

/** Adds tasks in every way that a folder knows, and looks whether each is there once. */
async function addInTheFolder(ws: Workspace, others: readonly Workspace[]): Promise<void> {
  const all = async (): Promise<void> => {
    await ws.sync.settled()
    for (const other of others) await other.sync.settled()
    // What was saved a moment ago is left alone by engines that stay.
    await ws.sync.now()
  }
  await ws.tasks.create({ title: 'First' })
  await all()
  save(ws, '.task_orchestrator/sessions/main/tasks/saved.md', '# Saved\n')
  await all()
  await ws.documents.write('sessions/main/tasks/written.md', '# Written\n')
  await all()
  const board = '.task_orchestrator/sessions/main/board.md'
  const line = /^- \[ \] .*First.*$/m
  save(
    ws,
    board,
    textOf(ws, board).replace(line, (found) => `${found}\n- [ ] Jotted`),
  )
  await all()
  assert.deepEqual(await titles(ws), ['First', 'Jotted', 'Saved', 'Written'])
  save(ws, board, textOf(ws, board).split('\n').map(ticked).join('\n'))
  await all()
  assert.equal((await ws.tasks.get('Jotted'))?.status, 'completed')
  const files = (await ws.documents.list()).filter(({ kind }) => kind === 'task')
  assert.equal(files.length, 4)
  const { diagnostics } = await ws.sync.settled()
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity !== 'note'),
    [],
  )
}

test('what is new in the folder becomes one task for several workspaces of a program', async (t) => {
  const ws = await workspace(t, { sync: true })
  const others = [await openWorkspace(ws.directory), await openWorkspace(ws.directory)]
  try {
    await addInTheFolder(ws, others)
  } finally {
    for (const other of others) await other.close()
  }
})

test('what is new in the folder becomes one task for several programs', async (t) => {
  const directory = temporary(t)
  await using ws = await openWorkspace(directory, { create: true })
  await using _other = await elsewhere(directory)
  await addInTheFolder(ws, [])
})

test('two programs that save one document again and again both come to their end', async (t) => {
  const turns = 12
  const ws = await workspace(t, { sync: true })
  await ws.tasks.create({ title: 'Ship it' })
  await ws.sync.settled()
  const programs = [0, 1].map(() =>
    spawn(process.execPath, [BUSY, ws.directory, String(turns)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    }),
  )
  const codes = await Promise.all(programs.map(async (program) => await once(program, 'exit')))
  assert.deepEqual(codes, [
    [0, null],
    [0, null],
  ])
  const { text } = await ws.documents.read('Ship it')
  for (const { pid } of programs) {
    const own = (text ?? '').matchAll(new RegExp(`^Line (\\d+) of ${pid}\\.$`, 'gm'))
    assert.equal(new Set([...own].map(([, turn]) => turn)).size, turns)
  }
})
