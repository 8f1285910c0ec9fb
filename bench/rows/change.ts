import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { ID_BYTES, mintOperationId } from '../../src/model/id.ts'
import type { Operation } from '../../src/model/history.ts'
import { editEntity } from '../../src/tasks/edit-entity.ts'
import type { Project } from '../../src/tasks/project.ts'
import { type BareDatabase, makeBareDatabase } from '../bare-database.ts'
import { type CorpusFile, writeFile } from '../corpus.ts'
import { type Bench, type Family, growthSizes } from '../family.ts'
import { bareParser, replaceFileDurably } from '../floors.ts'
import type { Floor } from '../measure.ts'
import type { ProjectFixture } from '../project-fixture.ts'
import { dropTempFolder, makeTempFolder } from '../temp-folder.ts'

/** One field of one task changed, on either side. */
export const changeFamily: Family = {
  rows: ['commit', 'update', 'update-to-file', 'status-to-files', 'save-to-row'],
  run,
}

async function run(bench: Bench): Promise<void> {
  for (const tasks of growthSizes(bench)) {
    const fixture = await bench.project(tasks)
    using bare = makeBareDatabase(fixture.corpus)
    await measureUpdates(bench, fixture, bare)
    await measureProjections(bench, fixture, bare)
    await measureSaves(bench, fixture, bare)
  }
}

async function measureUpdates(
  bench: Bench,
  { corpus, project }: ProjectFixture,
  bare: BareDatabase,
): Promise<void> {
  const next = taskTurns(corpus.tasks)
  const shared = {
    tasks: corpus.tasks.length,
    unit: 'ms',
    goals: [{ kind: 'ratio', floor: 'bare durable UPDATE', most: 2 }],
    floors: [bare.updateFloor],
    samples: 200,
  } as const
  await bench.measure({
    ...shared,
    name: 'commit',
    about: 'update one field by Store.commit, with history',
    sample: async () => await commitOnce(project, next()),
  })
  await bench.measure({
    ...shared,
    name: 'update',
    about: 'update one field by editEntity, with history',
    sample: async () => {
      const { file, assignee } = next()
      return (await edit(project, file, 'assignee', assignee)).time
    },
  })
  await project.engine.sync()
}

async function commitOnce(project: Project, { file, assignee }: Turn): Promise<number> {
  const { store, ids, clock } = project
  const [entity] = await store.entities([file.id])
  assert.ok(entity !== undefined)
  const fields = new Map([...entity.fields, ['assignee', assignee] as const])
  const id = mintOperationId(ids.bytes(ID_BYTES))
  const operation: Operation = {
    id,
    origin: 'api',
    actor: null,
    time: clock.now(),
    summary: 'edit',
  }
  const start = performance.now()
  const outcome = await store.commit({
    operation,
    part: 0,
    expect: [{ id: file.id, revision: entity.revision }],
    entities: [{ kind: 'update', id: file.id, fields }],
    documents: [],
    receipts: [],
    conflicts: [],
  })
  const time = performance.now() - start
  assert.ok(outcome.kind === 'committed' && outcome.changes === 1)
  return time
}

async function measureProjections(
  bench: Bench,
  fixture: ProjectFixture,
  bare: BareDatabase,
): Promise<void> {
  const { corpus } = fixture
  const next = taskTurns(corpus.tasks)
  const target = makeTempFolder()
  const shared = {
    tasks: corpus.tasks.length,
    unit: 'ms',
    floors: [updateAndReplaceFloor(bare, next, target)],
    samples: 100,
  } as const
  await bench.measure({
    ...shared,
    name: 'update-to-file',
    about: 'editEntity, sync() → task file replaced',
    goals: [
      { kind: 'median', most: 3 },
      { kind: 'p99', most: 10 },
      { kind: 'growth', most: 1.2 },
    ],
    sample: async () => {
      const { file, assignee } = next()
      return await editToFile(fixture, file, 'assignee', assignee)
    },
  })
  let status = ''
  await bench.measure({
    ...shared,
    name: 'status-to-files',
    about: 'editEntity, sync() → task file and board replaced',
    goals: [],
    sample: async () => {
      status = status === 'blocked' ? 'failed' : 'blocked'
      return await editToFile(fixture, next().file, 'status', status)
    },
  })
  dropTempFolder(target)
}

async function editToFile(
  { corpus, project }: ProjectFixture,
  file: CorpusFile,
  field: string,
  value: string,
): Promise<number> {
  const { time } = await edit(project, file, field, value)
  const start = performance.now()
  const report = await project.engine.sync()
  const synced = performance.now() - start
  assert.ok(report.projected >= 1 && report.conflicts === 0)
  const text = readFileSync(join(corpus.root, file.path), 'utf8')
  assert.ok(text.includes(`\n${field}: ${value}\n`), `${file.path} does not show ${value}`)
  return time + synced
}

async function edit(
  project: Project,
  file: CorpusFile,
  field: string,
  value: string,
): Promise<{ readonly time: number }> {
  const start = performance.now()
  const edited = await editEntity(project, {
    reference: file.id,
    kinds: ['task'],
    assignments: [{ field, raw: value }],
    ifRevision: null,
    summary: 'edit',
  })
  const time = performance.now() - start
  assert.equal(edited.entity.fields.get(field), value)
  assert.ok(edited.changed.includes(field))
  return { time }
}

async function measureSaves(
  bench: Bench,
  { corpus, project }: ProjectFixture,
  bare: BareDatabase,
): Promise<void> {
  const next = taskTurns(corpus.tasks)
  const parse = bareParser()
  let hours = 100
  await bench.measure({
    name: 'save-to-row',
    about: 'save in a file, sync() → committed',
    tasks: corpus.tasks.length,
    unit: 'ms',
    goals: [
      { kind: 'median', most: 6 },
      { kind: 'p99', most: 40 },
    ],
    floors: [
      {
        name: 'read + hash + parse + durable UPDATE',
        sample: () => {
          const { file } = next()
          const start = performance.now()
          parse(corpus, file)
          bare.update(file.id)
          return performance.now() - start
        },
      },
    ],
    samples: 100,
    sample: async () => {
      const { file } = next()
      const before = readFileSync(join(corpus.root, file.path), 'utf8')
      hours++
      writeFile(corpus, file.path, before.replace(/^estimate: .*$/m, `estimate: ${hours}h`))
      const start = performance.now()
      const report = await project.engine.sync()
      const time = performance.now() - start
      const [entity] = await project.store.entities([file.id])
      assert.equal(entity?.fields.get('estimate'), hours)
      assert.equal(report.ingested, 1)
      return time
    },
  })
}

function updateAndReplaceFloor(bare: BareDatabase, next: () => Turn, target: string): Floor {
  return {
    name: 'durable UPDATE + durable replace',
    sample: () => {
      const { file } = next()
      const start = performance.now()
      bare.update(file.id)
      replaceFileDurably(join(target, 'task.md'), file.text)
      return performance.now() - start
    },
  }
}

/** A task whose turn it is, and an assignee that it does not have yet. */
interface Turn {
  readonly file: CorpusFile
  readonly assignee: string
}

let assignees = 0

/** Tasks far from each other, one after the other. */
function taskTurns(tasks: readonly CorpusFile[]): () => Turn {
  let turn = 0
  return () => {
    turn += 37
    const file = tasks[turn % tasks.length]
    assert.ok(file !== undefined)
    return { file, assignee: `person-${++assignees}` }
  }
}
