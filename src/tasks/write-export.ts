import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs'
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import { DiptychError } from '../model/error.ts'
import type { ProjectLocation } from './project.ts'

/**
 * Writes an exported text to a file, whole or not at all; through a link to what it leads to. Into a
 * device or a pipe it is written as it is.
 *
 * Throws `already-exists` where a file is there and `force` does not allow to replace it,
 * `refused-by-rule` for a place inside the project's folder, and `folder-unavailable` where the system
 * refuses.
 */
export function writeExport(
  location: ProjectLocation,
  path: string,
  text: string,
  force: boolean,
): void {
  try {
    const there = statSync(path, { throwIfNoEntry: false })
    if (there?.isDirectory() === true) throw isFolder(path)
    if (there?.isFile() === false) writeFileSync(path, text)
    else if (there !== undefined && !force) throw exists(path)
    else {
      const isNew = there === undefined
      const target = isNew ? join(realpathSync(dirname(path)), basename(path)) : realpathSync(path)
      assertOutside(location, target)
      if (isNew) writeNew(target, text)
      else replaceFile(target, there, text)
    }
  } catch (error) {
    if (error instanceof DiptychError) throw error
    const failure = error as NodeJS.ErrnoException
    throw failure.code === 'EEXIST' ? exists(path, failure) : unwritable(path, failure)
  }
}

function writeNew(path: string, text: string): void {
  const descriptor = openSync(path, 'wx')
  try {
    writeFileSync(descriptor, text)
    fsyncSync(descriptor)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
}

function replaceFile(path: string, { mode }: Stats, text: string): void {
  const draft = `${path}.${process.pid}.part`
  writeNew(draft, text)
  try {
    chmodSync(draft, mode)
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** What stands in the project's folder is the project: an export must never be taken for a part of it. */
function assertOutside({ directory, folder }: ProjectLocation, target: string): void {
  const root = realpathSync(join(directory, folder))
  const way = relative(root, target)
  if (way === '..' || way.startsWith('../') || isAbsolute(way)) return
  throw new DiptychError('refused-by-rule', {
    what: `${target} was not written`,
    why: `it stands in ${folder}, where the project itself is kept`,
    hint: 'give an --output outside of it',
  })
}

function isFolder(path: string): DiptychError {
  return new DiptychError('folder-unavailable', {
    what: `${path} cannot be written`,
    why: 'it is a folder',
    hint: `--output ${join(path, 'project.json')}`,
  })
}

function exists(path: string, cause?: Error): DiptychError {
  return new DiptychError(
    'already-exists',
    { what: `${path} exists already`, hint: 'another --output, or --force to replace it' },
    cause,
  )
}

function unwritable(path: string, error: NodeJS.ErrnoException): DiptychError {
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
