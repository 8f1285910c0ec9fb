import assert from 'node:assert/strict'
import { join } from 'node:path'
import { stagePackage } from '../../build/stage-package.ts'
import { MAX_LIMIT } from '../../src/tasks/list-entities.ts'
import { type Bench, type Family, growthSizes } from '../family.ts'
import { emptyProcessFloor, processSampler } from '../floors.ts'
import type { Sampler } from '../measure.ts'
import { makeTempFolder } from '../temp-folder.ts'

const ROOT = join(import.meta.dirname, '../..')
const COMMAND = 'bin/diptych.js'

/** Commands as whole processes, which look at the folder before they answer. */
export const commandLineFamily: Family = {
  rows: [
    'cli-start',
    'cli-start-checkout',
    'cli-list',
    'cli-list-most',
    'cli-list-no-sync',
    'cli-list-checkout',
  ],
  run,
}

async function run(bench: Bench): Promise<void> {
  const built = join(await stagePackage(ROOT, join(makeTempFolder(), 'package')), COMMAND)
  const checkout = join(ROOT, COMMAND)
  await measureStart(bench, built, checkout)
  for (const tasks of growthSizes(bench)) await measureLists(bench, tasks, built, checkout)
}

/** The program started, and nothing opened. */
async function measureStart(bench: Bench, built: string, checkout: string): Promise<void> {
  const shared = { tasks: null, unit: 'ms', floors: [emptyProcessFloor], samples: 40 } as const
  await bench.measure({
    ...shared,
    name: 'cli-start',
    about: 'diptych --version, from the package',
    goals: [{ kind: 'above', floor: emptyProcessFloor.name, most: 120 }],
    sample: startOf(built),
  })
  await bench.measure({
    ...shared,
    name: 'cli-start-checkout',
    about: 'diptych --version, from the sources',
    goals: [],
    sample: startOf(checkout),
  })
}

function startOf(script: string): Sampler {
  return processSampler([script, '--version'], (output) => assert.match(output, /^\d+\.\d+\.\d+/))
}

async function measureLists(
  bench: Bench,
  tasks: number,
  built: string,
  checkout: string,
): Promise<void> {
  const { corpus } = await bench.project(tasks)
  const list = (script: string, limit: number, ...words: readonly string[]): Sampler => {
    const command = [script, '--project', corpus.directory, 'task', 'list', '--json']
    return processSampler([...command, '--limit', String(limit), ...words], (output) =>
      assertListed(output, tasks, limit),
    )
  }
  const goals = [{ kind: 'median', most: 180 }] as const
  const shared = { tasks, unit: 'ms', floors: [emptyProcessFloor], samples: 20 } as const
  await bench.measure({
    ...shared,
    name: 'cli-list',
    about: 'diptych task list --json --limit 50, from the package',
    goals,
    sample: list(built, 50),
  })
  await bench.measure({
    ...shared,
    name: 'cli-list-no-sync',
    about: 'the same with --no-sync',
    goals,
    sample: list(built, 50, '--no-sync'),
  })
  await bench.measure({
    ...shared,
    name: 'cli-list-most',
    about: `the same with --limit ${MAX_LIMIT}, its longest page`,
    goals,
    sample: list(built, MAX_LIMIT),
  })
  await bench.measure({
    ...shared,
    name: 'cli-list-checkout',
    about: 'diptych task list --json --limit 50, from the sources',
    goals: [],
    sample: list(checkout, 50),
  })
}

function assertListed(output: string, tasks: number, limit: number): void {
  const { items, total } = JSON.parse(output) as {
    readonly items: readonly unknown[]
    readonly total: number
  }
  assert.deepEqual([items.length, total], [Math.min(limit, tasks), tasks])
}
