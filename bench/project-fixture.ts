import assert from 'node:assert/strict'
import { globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openProject } from '../src/main.ts'
import { LOCAL_FOLDER, PROJECT_FOLDER } from '../src/model/config.ts'
import type { SyncReport } from '../src/engine/report.ts'
import type { Project } from '../src/tasks/project.ts'
import { type Corpus, makeCorpus } from './corpus.ts'
import { makeRepository } from './floors.ts'
import { dropTempFolder } from './temp-folder.ts'

/** Opens the project of a corpus as a program does. */
export async function openCorpus({ directory }: Corpus): Promise<Project> {
  const location = { directory, folder: PROJECT_FOLDER }
  return await openProject({ location, origin: 'api', actor: null })
}

/** Takes a corpus back to what it was made as: no databases, which no process may have open, and none of our files. */
export function resetCorpus({ root }: Corpus): void {
  rmSync(join(root, LOCAL_FOLDER), { recursive: true, force: true })
  for (const path of globSync('sessions/main/*.md', { cwd: root })) rmSync(join(root, path))
}

/** Throws unless a report is that of an import of the whole corpus, which makes a session too. */
export function assertImported(corpus: Corpus, report: SyncReport): void {
  const files = corpus.tasks.length + corpus.groups.length
  assert.ok(report.created >= files, `${report.created} of ${files} files were imported`)
  assert.deepEqual([report.held, report.conflicts, report.trashed], [0, 0, 0])
  assert.deepEqual(report.diagnostics, [])
}

/** A corpus that was imported and is at rest, with its project open. Its folder goes when it is disposed of. */
export interface ProjectFixture extends AsyncDisposable {
  readonly corpus: Corpus
  readonly project: Project
}

/** Makes a corpus of `count` tasks, imports it and waits for it to rest. */
export async function makeProjectFixture(count: number): Promise<ProjectFixture> {
  const corpus = makeCorpus(count)
  makeRepository(corpus)
  const project = await openCorpus(corpus)
  assertImported(corpus, await project.engine.sync())
  assert.equal((await project.engine.sync()).writes, 0)
  return {
    corpus,
    project,
    [Symbol.asyncDispose]: async () => {
      await project[Symbol.asyncDispose]()
      dropTempFolder(corpus.directory)
    },
  }
}
