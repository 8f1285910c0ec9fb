import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bench, Family } from './family.ts'
import { GOAL_TASKS } from './goal.ts'
import { type Row, measure } from './measure.ts'
import { type ProjectFixture, makeProjectFixture } from './project-fixture.ts'
import { writeResults } from './result-file.ts'
import { changeFamily } from './rows/change.ts'
import { commandLineFamily } from './rows/command-line.ts'
import { documentFamily } from './rows/document.ts'
import { importFamily } from './rows/import.ts'
import { liveFamily } from './rows/live.ts'
import { memoryFamily } from './rows/memory.ts'
import { projectionFamily } from './rows/projection.ts'
import { queryFamily } from './rows/query.ts'
import { scanFamily } from './rows/scan.ts'
import { renderTable } from './table.ts'

/** Those that change the shared projects come last. */
const FAMILIES: readonly Family[] = [
  documentFamily,
  scanFamily,
  queryFamily,
  commandLineFamily,
  changeFamily,
  liveFamily,
  importFamily,
  memoryFamily,
  projectionFamily,
]

const NAMES = FAMILIES.flatMap(({ rows }) => rows)

const USAGE = `npm run bench -- [options]
  --tasks N      tasks of the largest project (default: ${GOAL_TASKS}, for which the goals are set)
  --only NAME    measure this row alone; may be repeated: ${NAMES.join(', ')}
  --samples N    samples of every row, instead of each row's own number
  --json FILE    write the results here too, besides bench/results/
`

interface Options {
  readonly tasks: number
  readonly only: readonly string[]
  readonly samples: number | undefined
  readonly json: string | undefined
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      tasks: { type: 'string', default: String(GOAL_TASKS) },
      only: { type: 'string', multiple: true, default: [] },
      samples: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  const unknown = values.only.filter((name) => !NAMES.includes(name))
  if (unknown.length > 0) throw new Error(`no row is called ${unknown.join(', ')}\n${USAGE}`)
  const samples = values.samples === undefined ? undefined : readCount('--samples', values.samples)
  return { ...values, tasks: readCount('--tasks', values.tasks), samples, json: values.json }
}

function readCount(option: string, raw: string): number {
  const count = Number(raw)
  if (Number.isInteger(count) && count > 0) return count
  throw new Error(`${option} takes a whole number from 1 on, not ${raw}`)
}

async function runFamilies(options: Options): Promise<readonly Row[]> {
  await using opened = new AsyncDisposableStack()
  const projects = new Map<number, Promise<ProjectFixture>>()
  const rows: Row[] = []
  const wants = (name: string): boolean => options.only.length === 0 || options.only.includes(name)
  const bench: Bench = {
    tasks: options.tasks,
    project: async (tasks) => {
      const known = projects.get(tasks)
      if (known !== undefined) return await known
      tell(`import ${tasks} tasks`)
      const made = makeProjectFixture(tasks)
      projects.set(tasks, made)
      return opened.use(await made)
    },
    measure: async (work) => {
      if (!wants(work.name)) return
      tell(`${work.name}${work.tasks === null ? '' : ` at ${work.tasks} tasks`}`)
      rows.push(await measure(work, options.samples))
    },
  }
  for (const family of FAMILIES) if (family.rows.some(wants)) await family.run(bench)
  return rows
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}

const options = readOptions()
if (options === null) {
  process.stdout.write(USAGE)
} else {
  const started = new Date()
  const rows = await runFamilies(options)
  process.stdout.write(`${renderTable(rows)}\n`)
  const day = started.toISOString().slice(0, 10)
  const files = [join(import.meta.dirname, 'results', `${day}.json`), options.json]
  for (const file of files) if (file !== undefined) writeResults(file, rows, started)
}
