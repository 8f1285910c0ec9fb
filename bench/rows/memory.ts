import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Corpus, makeCorpus } from '../corpus.ts'
import { type Bench, type Family, growthSizes } from '../family.ts'
import type { Floor } from '../measure.ts'
import { resetCorpus } from '../project-fixture.ts'
import { dropTempFolder } from '../temp-folder.ts'

const PROBE = fileURLToPath(new URL('../memory-probe.ts', import.meta.url))

/** Resident memory of a process of its own, garbage included. */
export const memoryFamily: Family = {
  rows: ['memory-import', 'memory-import-peak', 'memory-rest'],
  run,
}

async function run(bench: Bench): Promise<void> {
  for (const tasks of growthSizes(bench)) {
    const corpus = makeCorpus(tasks)
    const goals = [{ kind: 'median', most: 130 }] as const
    const shared = { tasks, unit: 'MB', floors: [emptyFloor, modulesFloor], samples: 3 } as const
    await bench.measure({
      ...shared,
      name: 'memory-import',
      about: 'memory after a cold import',
      goals,
      sample: () => probe(corpus, true).rss,
    })
    await bench.measure({
      ...shared,
      name: 'memory-import-peak',
      about: 'most memory during a cold import',
      goals: [],
      sample: () => probe(corpus, true).peak,
    })
    await bench.measure({
      ...shared,
      name: 'memory-rest',
      about: 'memory of an open project at rest',
      goals,
      sample: () => probe(corpus, false).rss,
    })
    dropTempFolder(corpus.directory)
  }
}

/** Megabytes. */
interface Memory {
  readonly rss: number
  readonly peak: number
}

function probe(corpus: Corpus, cold: boolean): Memory {
  if (cold) resetCorpus(corpus)
  const found = JSON.parse(output([PROBE, corpus.directory])) as Memory & { readonly tasks: number }
  assert.equal(found.tasks, corpus.tasks.length)
  return { rss: found.rss / 1e6, peak: found.peak / 1e6 }
}

const emptyFloor: Floor = {
  name: 'empty Node process',
  sample: () => Number(output(['--print', 'process.memoryUsage().rss'])) / 1e6,
}

/** The program's own modules, loaded and not used. */
const modulesFloor: Floor = {
  name: 'modules loaded',
  sample: () => {
    const main = JSON.stringify(new URL('../../src/main.ts', import.meta.url))
    const script = `await import(${main}); console.log(process.memoryUsage().rss)`
    return Number(output(['--input-type=module', '--eval', script])) / 1e6
  },
}

function output(words: readonly string[]): string {
  const child = spawnSync(process.execPath, words, { encoding: 'utf8' })
  if (child.error !== undefined) throw child.error
  assert.equal(child.status, 0, child.stderr)
  return child.stdout
}
