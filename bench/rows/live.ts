import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { startLiveEngine } from '../../src/engine/live-engine.ts'
import { editEntity } from '../../src/tasks/edit-entity.ts'
import type { Project } from '../../src/tasks/project.ts'
import { type CorpusFile, writeFile } from '../corpus.ts'
import { type Bench, type Family, growthSizes } from '../family.ts'
import type { ProjectFixture } from '../project-fixture.ts'

/** What people feel of a live engine: from the save of a file to its row, and the other way. */
export const liveFamily: Family = { rows: ['live-save', 'live-file'], run }

/** Longest time that anything may take before its measurement is given up, in milliseconds. */
const LONGEST = 10_000

async function run(bench: Bench): Promise<void> {
  for (const tasks of growthSizes(bench)) {
    const { corpus, project } = await bench.project(tasks)
    await using live = startLiveEngine(project)
    await live.settled()
    await measureLive(bench, { corpus, project })
    await live.settled()
  }
}

type Parts = Pick<ProjectFixture, 'corpus' | 'project'>

async function measureLive(bench: Bench, { corpus, project }: Parts): Promise<void> {
  const tasks = corpus.tasks.length
  const shared = { tasks, unit: 'ms', floors: [], samples: 40, warmUps: 2 } as const
  let at = 0
  const next = (): { readonly file: CorpusFile; readonly value: string } => {
    const file = corpus.tasks[at % tasks]
    if (file === undefined) throw new RangeError('there are no tasks')
    return { file, value: `live-${at++}` }
  }
  await bench.measure({
    ...shared,
    name: 'live-save',
    goals: [
      { kind: 'median', most: 6 },
      { kind: 'p99', most: 40 },
    ],
    about: 'from the save of a file to its committed row, live',
    sample: async () => {
      const { file, value } = next()
      const text = readFileSync(join(corpus.root, file.path), 'utf8')
      const edited = text.replace(/^assignee: .*$/m, `assignee: ${value}`)
      const start = performance.now()
      writeFile(corpus, file.path, edited)
      await until(async () => (await assigneeOf(project, file)) === value)
      return performance.now() - start
    },
  })
  await bench.measure({
    ...shared,
    name: 'live-file',
    goals: [
      { kind: 'median', most: 3 },
      { kind: 'p99', most: 10 },
    ],
    about: 'from a commit to the replaced file, live',
    sample: async () => {
      const { file, value } = next()
      const assignments = [{ field: 'assignee', raw: value }]
      const edit = { reference: file.id, kinds: ['task'], assignments, ifRevision: null } as const
      await editEntity(project, { ...edit, summary: 'edit' })
      const start = performance.now()
      const path = join(corpus.root, file.path)
      await until(() => readText(path).includes(`assignee: ${value}\n`))
      return performance.now() - start
    },
  })
}

async function assigneeOf(project: Project, file: CorpusFile): Promise<unknown> {
  const [entity] = await project.store.entities([file.id])
  return entity?.fields.get('assignee') ?? null
}

/** Text of a file, empty in the instant in which it is replaced. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const start = performance.now()
  while (!(await holds())) {
    if (performance.now() - start > LONGEST) throw new Error('nothing happened')
    await turn()
  }
}
