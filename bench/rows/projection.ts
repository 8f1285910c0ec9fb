import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { LOCAL_FOLDER } from '../../src/model/config.ts'
import { type Corpus, makeCorpus } from '../corpus.ts'
import { type Bench, type Family, growthSizes } from '../family.ts'
import { writeAllFloor } from '../floors.ts'
import { assertImported, openCorpus } from '../project-fixture.ts'
import { makeTempFolder } from '../temp-folder.ts'

/** Making the folder from the database: first for a replica that never had it, then for one that lost it. */
export const projectionFamily: Family = { rows: ['project', 'restore'], run }

async function run(bench: Bench): Promise<void> {
  for (const tasks of growthSizes(bench)) {
    const corpus = makeCorpus(tasks)
    const attic = makeTempFolder()
    await importCorpus(corpus)
    const floors = [writeAllFloor(corpus, attic)]
    const shared = { tasks, unit: 'ms', floors, samples: 3 } as const
    const goals = [{ kind: 'ratio', floor: 'write + fsync + rename', most: 2 }] as const
    await bench.measure({
      ...shared,
      name: 'project',
      about: 'first projection: sync(), empty folder, new replica',
      goals,
      sample: async () => await projectOnce(corpus, attic, true),
    })
    await bench.measure({
      ...shared,
      name: 'restore',
      about: 'sync({ restoreMissing }) of all files',
      goals,
      sample: async () => await projectOnce(corpus, attic, false),
    })
  }
}

async function importCorpus(corpus: Corpus): Promise<void> {
  await using project = await openCorpus(corpus)
  assertImported(corpus, await project.engine.sync())
}

/**
 * The old files go to `attic`, and stay until the process ends: ext4 passes over every inode that was
 * freed in the last minute, so that creating files right after removing as many measures little else.
 */
async function projectOnce(corpus: Corpus, attic: string, isNew: boolean): Promise<number> {
  renameSync(join(corpus.root, 'sessions'), join(mkdtempSync(join(attic, 'old-')), 'sessions'))
  if (isNew) {
    const base = join(corpus.root, LOCAL_FOLDER, 'state.db')
    for (const suffix of ['', '-wal', '-shm']) rmSync(base + suffix, { force: true })
  }
  await using project = await openCorpus(corpus)
  const start = performance.now()
  const report = await project.engine.sync(isNew ? {} : { restoreMissing: true })
  const time = performance.now() - start
  assert.ok(report.projected >= corpus.tasks.length, `${report.projected} files were projected`)
  assert.deepEqual(report.diagnostics, [])
  for (const { path, text } of corpus.tasks) {
    const same = readFileSync(join(corpus.root, path), 'utf8') === text
    assert.ok(same, `${path} is not what it was`)
  }
  return time
}
