import type { DocumentPath } from '../model/document.ts'
import type { FileStat } from '../ports/file-stat.ts'
import type { Swap, SwapOutcome } from '../ports/folder.ts'
import { lookAside } from './aside.ts'
import { checkExpected } from './check-expected.ts'
import { containmentCheck, makeParents, parentOf } from './containment.ts'
import { pending } from './file-diagnostic.ts'
import { systemCode } from './file-system-calls.ts'
import { fileStat, sameStat } from './file-stat.ts'
import type { FolderContext } from './folder-context.ts'
import { hashBytes } from './folder-context.ts'
import { pendingFolder, pendingPath } from './local-folder.ts'
import { placeFile, putBack } from './place-file.ts'
import { foldName } from './twins.ts'

/** How the step that others can see went; `placed` has still to be made durable. */
export type Exchange =
  | { readonly kind: 'placed'; readonly stat: FileStat | null }
  | Exclude<SwapOutcome, { kind: 'done' }>

/** A swap whose new bytes wait, durable, under the intent's temporary name. */
export interface Ready extends Swap {
  /** The file as it was when it had the expected bytes; null for a creation. */
  readonly before: FileStat | null
  /** Folders whose entries changed are added here. */
  readonly touched: Set<string>
}

const OCCUPIED: Exchange = { kind: 'occupied', displaced: null }

/**
 * Moves the old file aside and puts the new one in its place, all in one tick and never by path.
 * Throws system errors only while nothing has been moved.
 */
export function exchange(context: FolderContext, ready: Ready): Exchange {
  const { intent } = ready
  const check = containmentCheck(context)
  for (const path of [intent.path, intent.target ?? intent.path]) {
    const place = check(path)
    if (place.kind === 'refused') return { kind: 'failed', diagnostic: place.diagnostic }
    if (place.kind === 'missing' && !(intent.kind === 'move' && path === intent.path)) {
      makeParents(context.calls, context.root, path, ready.touched)
    }
  }
  if (intent.kind === 'create') return placeTemp(context, ready, intent.path)
  const moved = recheck(context, ready)
  if (moved !== null) return moved
  switch (intent.kind) {
    case 'replace':
      return replace(context, ready)
    case 'remove':
      return remove(context, ready)
    case 'move':
      return move(context, ready)
  }
}

/** Null while the file is as it was found, and its place aside is free. */
function recheck(context: FolderContext, { intent, before }: Ready): Exchange | null {
  const stat = context.calls.lstat(pathOf(context, intent.path))
  if (stat === null) return { kind: 'absent' }
  if (before === null || !sameStat(before, stat)) {
    const again = checkExpected(context, intent)
    if (again.kind !== 'expected') return again
  }
  if (context.calls.lstat(pendingPath(context, intent.aside)) === null) return null
  return { kind: 'failed', diagnostic: pending('an earlier attempt is not finished', 'EEXIST') }
}

function replace(context: FolderContext, ready: Ready): Exchange {
  if (!moveAside(context, ready)) return { kind: 'absent' }
  try {
    return placeTemp(context, ready, ready.intent.path)
  } catch (error) {
    return undo(context, ready, failure('it could not be replaced', error))
  }
}

function remove(context: FolderContext, ready: Ready): Exchange {
  if (!moveAside(context, ready)) return { kind: 'absent' }
  const look = lookAside(context, ready.intent)
  switch (look.kind) {
    case 'absent':
      return { kind: 'absent' }
    case 'refused':
      return undo(context, ready, { kind: 'failed', diagnostic: look.diagnostic })
    case 'bytes': {
      const { bytes } = look
      const hash = hashBytes(bytes)
      if (hash === ready.intent.expected) return { kind: 'placed', stat: null }
      return undo(context, ready, { kind: 'changed', displaced: { bytes, hash } })
    }
  }
}

function move(context: FolderContext, ready: Ready): Exchange {
  const { intent, contents } = ready
  const target = intent.target ?? intent.path
  if (!isFree(context, ready, target)) return OCCUPIED
  if (!moveAside(context, ready)) return { kind: 'absent' }
  try {
    const placed =
      contents === null ? placeAside(context, ready, target) : placeTemp(context, ready, target)
    return placed.kind === 'occupied' ? undo(context, ready, OCCUPIED) : placed
  } catch (error) {
    return undo(context, ready, failure('it could not be moved', error))
  }
}

/** Whether nothing stands at the target of a move, but for the file itself under a name in other letters. */
function isFree(context: FolderContext, { intent, before }: Ready, target: DocumentPath): boolean {
  const stat = context.calls.lstat(pathOf(context, target))
  if (stat === null) return true
  return before?.ino === stat.ino && foldName(target) === foldName(intent.path)
}

/** Moves the old file aside; false when it is gone. Throws system errors, and then it is where it was. */
function moveAside(context: FolderContext, { intent, touched }: Ready): boolean {
  try {
    context.calls.rename(pathOf(context, intent.path), pendingPath(context, intent.aside))
  } catch (error) {
    if (systemCode(error) === 'ENOENT' && statOf(context, pathOf(context, intent.path)) === null) {
      return false
    }
    throw error
  }
  touch(context, touched, intent.path)
  return true
}

/** Gives the waiting bytes their name. Throws system errors. */
function placeTemp(context: FolderContext, ready: Ready, path: DocumentPath): Exchange {
  const { intent, touched } = ready
  touch(context, touched, path)
  const place = pathOf(context, path)
  const temp = pendingPath(context, intent.temp)
  if (placeFile(context, temp, place) === 'occupied') return OCCUPIED
  context.calls.unlink(temp)
  return { kind: 'placed', stat: statOf(context, place) }
}

/** Gives the file that was moved aside its new name, so that who holds it open goes on writing to it. */
function placeAside(context: FolderContext, ready: Ready, target: DocumentPath): Exchange {
  touch(context, ready.touched, target)
  const place = pathOf(context, target)
  const placing = putBack(context, pendingPath(context, ready.intent.aside), place)
  return placing === 'occupied' ? OCCUPIED : { kind: 'placed', stat: statOf(context, place) }
}

/** Brings the old file back and answers `outcome`, unless someone took its path meanwhile or it cannot be done. */
function undo(context: FolderContext, { intent }: Ready, outcome: Exchange): Exchange {
  try {
    const aside = pendingPath(context, intent.aside)
    const placing = putBack(context, aside, pathOf(context, intent.path))
    return placing === 'occupied' ? OCCUPIED : outcome
  } catch (error) {
    return failure('it was moved aside and waits to be put back', error)
  }
}

function failure(what: string, error: unknown): Exchange {
  return { kind: 'failed', diagnostic: pending(what, systemCode(error)) }
}

function touch(context: FolderContext, touched: Set<string>, path: DocumentPath): void {
  touched.add(`${context.root}/${parentOf(path)}`).add(pendingFolder(context))
}

function pathOf(context: FolderContext, path: DocumentPath): string {
  return `${context.root}/${path}`
}

function statOf(context: FolderContext, path: string): FileStat | null {
  const stat = context.calls.lstat(path)
  return stat === null ? null : fileStat(stat)
}
