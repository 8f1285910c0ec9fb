import assert from 'node:assert/strict'
import { join } from 'node:path'
import { MAX_LIMIT } from '../../src/tasks/list-entities.ts'
import { type Bench, type Family, growthSizes } from '../family.ts'
import { emptyProcessFloor, processSampler } from '../floors.ts'
import type { Floor, Sampler } from '../measure.ts'

const BIN = join(import.meta.dirname, '../../bin/diptych.js')

/** Commands as whole processes, which look at the folder before they answer. */
export const commandLineFamily: Family = {
  rows: ['cli-list', 'cli-list-most', 'cli-list-no-sync'],
  run,
}

async function run(bench: Bench): Promise<void> {
  for (const tasks of growthSizes(bench)) {
    const { corpus } = await bench.project(tasks)
    const list = (limit: number, ...words: readonly string[]): Sampler =>
      processSampler(
        [
          BIN,
          '--project',
          corpus.directory,
          'task',
          'list',
          '--json',
          '--limit',
          String(limit),
          ...words,
        ],
        (output) => assertListed(output, tasks, limit),
      )
    const goals = [{ kind: 'median', most: 180 }] as const
    const shared = {
      tasks,
      unit: 'ms',
      goals,
      floors: [emptyProcessFloor, versionFloor],
      samples: 20,
    } as const
    await bench.measure({
      ...shared,
      name: 'cli-list',
      about: 'diptych task list --json --limit 50',
      sample: list(50),
    })
    await bench.measure({
      ...shared,
      name: 'cli-list-no-sync',
      about: 'diptych task list --json --limit 50 --no-sync',
      sample: list(50, '--no-sync'),
    })
    await bench.measure({
      ...shared,
      name: 'cli-list-most',
      about: `diptych task list --json --limit ${MAX_LIMIT}, its longest page`,
      sample: list(MAX_LIMIT),
    })
  }
}

/** The program started, and nothing opened. */
const versionFloor: Floor = {
  name: 'diptych --version',
  sample: processSampler([BIN, '--version'], (output) => assert.match(output, /^\d+\.\d+\.\d+/)),
}

function assertListed(output: string, tasks: number, limit: number): void {
  const { items, total } = JSON.parse(output) as {
    readonly items: readonly unknown[]
    readonly total: number
  }
  assert.deepEqual([items.length, total], [Math.min(limit, tasks), tasks])
}
