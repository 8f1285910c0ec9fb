import { performance } from 'node:perf_hooks'
import assert from 'node:assert/strict'
import { type Corpus, makeCorpus } from '../corpus.ts'
import { type Bench, type Family, growthSizes } from '../family.ts'
import { readAndParseFloor } from '../floors.ts'
import { assertImported, resetCorpus, openCorpus } from '../project-fixture.ts'
import { dropTempFolder } from '../temp-folder.ts'

/** Making both databases from a folder of files that none of them knows. */
export const importFamily: Family = { rows: ['import'], run }

async function run(bench: Bench): Promise<void> {
  for (const tasks of growthSizes(bench)) {
    const corpus = makeCorpus(tasks)
    await bench.measure({
      name: 'import',
      about: 'cold import: open + sync(), empty databases',
      tasks,
      unit: 'ms',
      goals: [{ kind: 'median', most: 1_000 }],
      floors: [readAndParseFloor(corpus)],
      samples: 5,
      sample: async () => await importOnce(corpus),
    })
    dropTempFolder(corpus.directory)
  }
}

async function importOnce(corpus: Corpus): Promise<number> {
  resetCorpus(corpus)
  const start = performance.now()
  await using project = await openCorpus(corpus)
  const report = await project.engine.sync()
  const time = performance.now() - start
  assertImported(corpus, report)
  const { total } = await project.store.find({ kind: 'task', limit: 1 })
  assert.equal(total, corpus.tasks.length)
  return time
}
