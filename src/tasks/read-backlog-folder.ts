import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DiptychError } from '../model/error.ts'
import type { BacklogFile } from './import-backlog/import-backlog.ts'

/** Folders of Backlog.md that hold tasks; documents and decisions lie beside them. */
const TASK_FOLDERS = ['tasks', 'drafts', 'completed', 'archive']

/**
 * Reads the task files of Backlog.md in `folder`, which is its folder or the directory that has it as
 * `backlog`. Throws `not-found` where neither is, and `folder-unavailable` where it cannot be read.
 */
export function readBacklogFolder(folder: string): readonly BacklogFile[] {
  const root = [folder, join(folder, 'backlog')].find((path) => isFolder(join(path, 'tasks')))
  if (root === undefined) {
    throw new DiptychError('not-found', {
      what: `${folder} is no folder of Backlog.md`,
      why: 'neither it nor a folder `backlog` in it has a folder `tasks`',
      hint: 'diptych import backlog ./backlog',
    })
  }
  const present = TASK_FOLDERS.filter((name) => isFolder(join(root, name)))
  return present.flatMap((name) => filesIn(root, name))
}

function filesIn(root: string, folder: string): readonly BacklogFile[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => ({
        path: path.slice(root.length + 1).replaceAll('\\', '/'),
        text: readFileSync(path, 'utf8'),
      }))
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'it failed'
    throw new DiptychError(
      'folder-unavailable',
      { what: `${join(root, folder)} cannot be read`, why, hint: 'allow reading it' },
      error,
    )
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
