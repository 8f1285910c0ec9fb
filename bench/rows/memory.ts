import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { stagePackage } from '../../build/stage-package.ts'
import { type Corpus, makeCorpus } from '../corpus.ts'
import { type Bench, type Family, growthSizes } from '../family.ts'
import type { Floor } from '../measure.ts'
import { resetCorpus } from '../project-fixture.ts'
import { dropTempFolder, makeTempFolder } from '../temp-folder.ts'

const PROBE = fileURLToPath(new URL('../memory-probe.ts', import.meta.url))
const RESIDENT_PROBE = fileURLToPath(new URL('../resident-probe.ts', import.meta.url))
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Resident memory of a process of its own, garbage included. */
export const memoryFamily: Family = {
  rows: ['memory-import', 'memory-import-peak', 'memory-rest', 'memory-resident'],
  run,
}

async function run(bench: Bench): Promise<void> {
  const built = await stagePackage(ROOT, join(makeTempFolder(), 'package'))
  const library = pathToFileURL(join(built, 'dist/library/main.js')).href
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
    await bench.measure({
      ...shared,
      name: 'memory-resident',
      about: 'memory of a program with the library of the package open, engine on',
      goals,
      floors: [emptyFloor, libraryFloor(library)],
      sample: () => read([RESIDENT_PROBE, library, corpus.directory], corpus).rss,
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
  return read([PROBE, corpus.directory], corpus)
}

function read(words: readonly string[], corpus: Corpus): Memory {
  const found = JSON.parse(output(words)) as Memory & { readonly tasks: number }
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
  sample: () => loaded(new URL('../../src/main.ts', import.meta.url).href),
}

function libraryFloor(library: string): Floor {
  return { name: 'library loaded', sample: () => loaded(library) }
}

function loaded(module: string): number {
  const script = `await import(${JSON.stringify(module)}); console.log(process.memoryUsage().rss)`
  return Number(output(['--input-type=module', '--eval', script])) / 1e6
}

function output(words: readonly string[]): string {
  const child = spawnSync(process.execPath, words, { encoding: 'utf8' })
  if (child.error !== undefined) throw child.error
  assert.equal(child.status, 0, child.stderr)
  return child.stdout
}
