import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { DiptychError } from '../model/error.ts'

/**
 * Writes an exported text to a file, whole or not at all.
 *
 * Throws `already-exists` where something is there and `force` does not allow to replace it, and
 * `folder-unavailable` where the system refuses.
 */
export function writeExport(path: string, text: string, force: boolean): void {
  const file = force ? `${path}.${process.pid}.part` : path
  try {
    const descriptor = openSync(file, 'wx')
    try {
      writeFileSync(descriptor, text)
      fsyncSync(descriptor)
    } catch (error) {
      rmSync(file, { force: true })
      throw error
    } finally {
      closeSync(descriptor)
    }
    if (force) replace(file, path)
  } catch (error) {
    throw writeError(path, error as NodeJS.ErrnoException)
  }
}

function replace(file: string, path: string): void {
  try {
    renameSync(file, path)
  } catch (error) {
    rmSync(file, { force: true })
    throw error
  }
}

function writeError(path: string, error: NodeJS.ErrnoException): DiptychError {
  if (error.code === 'EEXIST') {
    return new DiptychError(
      'already-exists',
      { what: `${path} exists already`, hint: 'another --output, or --force to replace it' },
      error,
    )
  }
  const isMissing = error.code === 'ENOENT'
  return new DiptychError(
    'folder-unavailable',
    {
      what: `${path} cannot be written`,
      why: isMissing ? 'there is no such directory' : error.message,
      hint: 'give another --output',
    },
    error,
  )
}
