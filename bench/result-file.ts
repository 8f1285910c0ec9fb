import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { judge } from './goal.ts'
import type { Row } from './measure.ts'
import { smallerOf } from './table.ts'

/** Writes rows, with where and how they were taken, as JSON. Times are in milliseconds, memory in megabytes. */
export function writeResults(path: string, rows: readonly Row[], started: Date): void {
  const results = {
    schemaVersion: 1,
    started: started.toISOString(),
    ended: new Date().toISOString(),
    command: ['bench', ...process.argv.slice(2)],
    machine: {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cpu: cpus()[0]?.model ?? '',
      threads: availableParallelism(),
      memory: totalmem(),
      load: loadavg(),
    },
    rows: rows.map((row) => {
      const smaller = smallerOf(row, rows)
      return {
        ...row,
        growth: smaller === null ? null : row.figures.median / smaller.figures.median,
        goals: row.goals.map((goal) => ({ ...goal, verdict: judge(goal, row, smaller) })),
      }
    }),
  }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`)
}
