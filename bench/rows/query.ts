import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { listEntities } from '../../src/tasks/list-entities.ts'
import { makeBareDatabase } from '../bare-database.ts'
import { RARE_WORD } from '../corpus.ts'
import { type Bench, type Family, growthSizes } from '../family.ts'

/** Questions to an open project. */
export const queryFamily: Family = { rows: ['list', 'search'], run }

async function run(bench: Bench): Promise<void> {
  for (const tasks of growthSizes(bench)) {
    const { corpus, project } = await bench.project(tasks)
    using bare = makeBareDatabase(corpus)
    await bench.measure({
      name: 'list',
      about: 'list 50 tasks in board order, with total and paths',
      tasks,
      unit: 'ms',
      goals: [{ kind: 'median', most: 2 }],
      floors: [bare.listFloor],
      samples: 300,
      sample: async () => {
        const start = performance.now()
        const { items, total } = await listEntities(project, { kind: 'task', limit: 50 })
        const time = performance.now() - start
        assert.deepEqual([items.length, total], [Math.min(50, tasks), tasks])
        assert.ok(items.every(({ path }) => path !== null))
        return time
      },
    })
    await bench.measure({
      name: 'search',
      about: `search a word of one task in a hundred, best 20`,
      tasks,
      unit: 'ms',
      goals: [{ kind: 'median', most: 8 }],
      floors: [bare.searchFloor],
      samples: 300,
      sample: async () => {
        const start = performance.now()
        const hits = await project.store.search(RARE_WORD, 20)
        const time = performance.now() - start
        assert.equal(hits.length, Math.min(20, Math.ceil((tasks - 7) / 100)))
        assert.ok(hits.every(({ snippet }) => snippet.includes(RARE_WORD)))
        return time
      },
    })
  }
}
