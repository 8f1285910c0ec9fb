import assert from 'node:assert/strict'
import {
  closeSync,
  openSync,
  renameSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { test } from 'node:test'
import { openFolder } from '../../src/folder/open-folder.ts'
import type { DocumentPath } from '../../src/model/document.ts'
import type { Folder, ReadOutcome } from '../../src/ports/folder.ts'
import { hookedCalls, systemError } from '../faults/faulty-calls.ts'
import { countingIds, grow, TASK, TempProject } from '../faults/temp-project.ts'

function start(): TempProject {
  const project = new TempProject()
  project.write(TASK, 'old\n')
  return project
}

/** Makes a file look just written, however slow this machine is. */
function freshen(project: TempProject, path: string = TASK): void {
  const future = new Date('2099-01-01')
  utimesSync(project.at(path), future, future)
}

/** Opens the project so that `person` acts in each pause between two reads, with its number. */
function pausing(project: TempProject, person: (pause: number) => void): Folder {
  let pauses = 0
  return openFolder({
    root: project.root,
    ids: countingIds,
    pause: async () => {
      person(pauses++)
      await grow(5)
    },
  })
}

async function readTask(folder: Folder): Promise<ReadOutcome | undefined> {
  return (await folder.read([TASK])).get(TASK)
}

function textOf(outcome: ReadOutcome | undefined): string {
  assert.ok(outcome?.kind === 'read', outcome?.kind)
  return Buffer.from(outcome.bytes).toString()
}

test('H01 a file that is truncated and then written is taken whole', async () => {
  using project = start()
  truncateSync(project.at(TASK))
  freshen(project)
  const folder = pausing(project, (pause) => {
    if (pause === 0) writeFileSync(project.at(TASK), 'new text\n')
  })
  assert.equal(textOf(await readTask(folder)), 'new text\n')
})

test('H01 a file that is written in pieces is taken when it is still', async () => {
  using project = start()
  const descriptor = openSync(project.at(TASK), 'w')
  freshen(project)
  const folder = pausing(project, (pause) => {
    if (pause < 2) writeSync(descriptor, `piece ${pause}\n`)
  })
  assert.equal(textOf(await readTask(folder)), 'piece 0\npiece 1\n')
  closeSync(descriptor)
})

test('H01 a file that is written without pause is unstable', async () => {
  using project = start()
  freshen(project)
  const folder = pausing(project, (pause) => writeFileSync(project.at(TASK), `${pause}`))
  assert.deepEqual(await readTask(folder), { kind: 'unstable' })
})

test('H01 a write in the middle of a read is noticed', async () => {
  using project = start()
  await grow()
  let reads = 0
  const folder = project.open(
    hookedCalls((name) => {
      if (name === 'read' && reads++ === 0) writeFileSync(project.at(TASK), 'new!\n')
    }),
  )
  assert.equal(textOf(await readTask(folder)), 'new!\n')
  assert.ok(reads > 1)
})

test('H02 a file that vim takes away and writes again is not absent', async () => {
  using project = start()
  renameSync(project.at(TASK), project.at(`${TASK}~`))
  const folder = pausing(project, (pause) => {
    if (pause === 0) writeFileSync(project.at(TASK), 'new\n')
  })
  assert.equal(textOf(await readTask(folder)), 'new\n')
})

test('H04 a file that is replaced while it is read is the old or the new one', async () => {
  using project = start()
  freshen(project)
  const folder = pausing(project, (pause) => {
    if (pause > 0) return
    writeFileSync(project.at('new'), 'new\n')
    renameSync(project.at('new'), project.at(TASK))
  })
  assert.equal(textOf(await readTask(folder)), 'new\n')
})

test('a file that is twice not there is absent', async () => {
  using project = start()
  const paths = ['sessions/main/tasks/none.md', 'sessions/none/tasks/none.md'] as DocumentPath[]
  for (const outcome of (await project.open().read(paths)).values()) {
    assert.deepEqual(outcome, { kind: 'absent' })
  }
})

test('a file that is older than the clocks of files are coarse takes one read and no pause', async () => {
  using project = start()
  await grow()
  let pauses = 0
  assert.equal(textOf(await readTask(pausing(project, () => pauses++))), 'old\n')
  assert.equal(pauses, 0)
})

test('many fresh files share their pauses', async () => {
  using project = new TempProject()
  const paths = Array.from({ length: 200 }, (_, i) => `sessions/main/tasks/t-${i}.md`)
  for (const path of paths) {
    project.write(path, path)
    freshen(project, path)
  }
  let pauses = 0
  const read = await pausing(project, () => pauses++).read(paths as DocumentPath[])
  for (const [path, outcome] of read) assert.equal(textOf(outcome), path)
  assert.equal(pauses, 1)
})

test('a file of more than 10 MiB is refused with its size, one of exactly 10 MiB is read', async () => {
  using project = start()
  truncateSync(project.at(TASK), 10 * 1024 * 1024)
  assert.equal(textOf(await readTask(project.open())).length, 10 * 1024 * 1024)
  truncateSync(project.at(TASK), 10 * 1024 * 1024 + 1)
  const outcome = await readTask(project.open())
  assert.ok(outcome?.kind === 'refused' && outcome.diagnostic.code === 'too-large')
})

for (const [call, code] of [
  ['open', 'EACCES'],
  ['open', 'EMFILE'],
  ['read', 'EIO'],
  ['fstat', 'EIO'],
] as const) {
  test(`an error of ${call} (${code}) is a refusal, never an absence`, async () => {
    using project = start()
    const folder = project.open(
      hookedCalls((name, _, [path]) => {
        if (name === call && (call !== 'open' || path === project.at(TASK))) throw systemError(code)
      }),
    )
    const outcome = await readTask(folder)
    assert.ok(outcome?.kind === 'refused' && outcome.diagnostic.code === 'unreadable')
    assert.ok(outcome.diagnostic.message.includes(code))
  })
}

test('where the file clock cannot be read every file is read twice and none trusted by its stat', async () => {
  using project = start()
  await grow()
  const files = hookedCalls((name) => {
    if (name === 'write') throw systemError('ENOSPC')
  })
  const folder = project.open(files)
  const outcome = await readTask(folder)
  assert.ok(outcome?.kind === 'read')
  const { stat, hash, observed } = outcome
  const scan = await folder.scan(new Map([[TASK, { path: TASK, stat, hash, observed }]]))
  assert.deepEqual(scan.changed, [TASK])
})
