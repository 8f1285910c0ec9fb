import { setTimeout as pause } from 'node:timers/promises'
import { isAbsolute } from 'node:path'
import { DiptychError } from '../model/error.ts'
import type { Folder } from '../ports/folder.ts'
import type { Ids } from '../ports/ids.ts'
import { releaseAside, revisitAside } from './aside.ts'
import type { FileSystemCalls } from './file-system-calls.ts'
import { nodeFileSystemCalls, systemCode } from './file-system-calls.ts'
import type { FolderContext } from './folder-context.ts'
import { hashBytes } from './folder-context.ts'
import { listLeft, listTracked, readGitState, readStaged } from './git.ts'
import { freshNames } from './local-folder.ts'
import { readDocuments } from './read-documents.ts'
import { recoverSwap } from './recover.ts'
import { scanFolder } from './scan.ts'
import { dropStray, listStrays, readStray } from './strays.ts'
import { carryOut } from './swap.ts'

/** What a folder is opened with. */
export interface FolderOptions {
  /** Absolute path of the project's folder. May be reached through links; nothing below it may. */
  readonly root: string
  readonly ids: Ids
  readonly files?: FileSystemCalls
  /** Waits for some milliseconds; real time unless given. */
  readonly pause?: (milliseconds: number) => Promise<void>
}

/**
 * Opens the folder panel at `root`. Takes nothing that would have to be given back. The local folder
 * must be there before the first swap (see `ensureLocalFolder`).
 */
export function openFolder({ root, ids, files, pause: wait }: FolderOptions): Folder {
  if (!isAbsolute(root)) {
    throw new DiptychError('internal', { what: `${root} is no absolute path`, hint: 'resolve it' })
  }
  const context: FolderContext = {
    calls: files ?? nodeFileSystemCalls,
    root,
    ids,
    pause: wait ?? (async (milliseconds) => await pause(milliseconds)),
  }
  return {
    scan: async (seen) => scanFolder(context, seen),
    read: async (paths) => await readDocuments(context, paths),
    hash: hashBytes,
    names: () => freshNames(context),
    carryOut: async (swaps) => await carryOut(context, swaps),
    recover: async (intent, contents) => await recoverSwap(context, intent, contents),
    revisit: async (intent, known) => orUnavailable(() => revisitAside(context, intent, known)),
    release: async (intent, known) => orUnavailable(() => releaseAside(context, intent, known)),
    strays: async (known) => orUnavailable(() => listStrays(context, known)),
    readStray: async (name) => orUnavailable(() => readStray(context, name)),
    dropStray: async (name) => orUnavailable(() => dropStray(context, name)),
    gitState: async () => readGitState(context),
    tracked: async (paths) => await listTracked(context, paths),
    staged: async (path) => await readStaged(context, path),
    leftByGit: async (paths) => await listLeft(context, paths),
  }
}

/** Runs `work`; an error of the system becomes one that says what could not be done. */
function orUnavailable<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof DiptychError) throw error
    throw new DiptychError(
      'folder-unavailable',
      {
        what: 'displaced files cannot be reached',
        why: systemCode(error),
        hint: 'see whether .local is there and may be written',
      },
      error,
    )
  }
}
