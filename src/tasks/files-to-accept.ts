import type { SyncOptions } from '../engine/sync-engine.ts'
import { DiptychError } from '../model/error.ts'
import { pathInFolder } from './documents-to-check.ts'
import type { Project } from './project.ts'

/**
 * Paths from the folder's root of files, given by absolute path, in which something waits for a word.
 *
 * Synchronizes first, with `options`, so that what was saved a moment ago counts. Throws `not-found`
 * for a file in which nothing waits.
 */
export async function filesToAccept(
  project: Project,
  files: readonly string[],
  options: SyncOptions,
): Promise<readonly string[]> {
  const { diagnostics } = await project.engine.sync(options)
  const waiting = new Set(
    diagnostics
      .filter(({ severity, code }) => severity !== 'note' && code !== 'mass-deletion')
      .map(({ path }): string => path),
  )
  return files.map((file) => {
    const path = pathInFolder(project, file)
    if (path !== null && waiting.has(path)) return path
    const { folder } = project.location
    throw new DiptychError('not-found', {
      what: `nothing in ${file} waits to be taken`,
      ...(waiting.size === 0
        ? { why: 'no document waits' }
        : { valid: [...waiting].map((other) => `${folder}/${other}`) }),
      hint: 'diptych status',
    })
  })
}
