import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { type Bench, type Family, growthSizes } from '../family.ts'
import { gitStatusFloor, listFloor } from '../floors.ts'

/** Looking at a folder in which nothing changed: the scan alone, and a whole synchronization. */
export const scanFamily: Family = { rows: ['scan', 'rest'], run }

async function run(bench: Bench): Promise<void> {
  for (const tasks of growthSizes(bench)) {
    const { corpus, project } = await bench.project(tasks)
    const floors = [gitStatusFloor(corpus), listFloor(corpus)]
    const seen = await project.base.seen()
    const files = seen.size
    await bench.measure({
      name: 'scan',
      about: 'scan with nothing changed',
      tasks,
      unit: 'ms',
      goals: [{ kind: 'ratio', floor: 'git status', most: 1.5 }],
      floors,
      samples: 50,
      sample: async () => {
        const start = performance.now()
        const scan = await project.folder.scan(seen)
        const time = performance.now() - start
        const { complete, rooted, changed, vanished, total } = scan
        assert.deepEqual([complete, rooted, changed, vanished], [true, true, [], []])
        assert.equal(total, files)
        return time
      },
    })
    await bench.measure({
      name: 'rest',
      about: 'sync() with nothing changed',
      tasks,
      unit: 'ms',
      goals: [],
      floors,
      samples: 50,
      sample: async () => {
        const start = performance.now()
        const report = await project.engine.sync()
        const time = performance.now() - start
        assert.equal(report.writes, 0)
        return time
      },
    })
  }
}
