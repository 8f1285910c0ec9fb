import type { ContentHash } from '../model/document.ts'
import { DiptychError } from '../model/error.ts'
import type { Intent } from '../ports/base-store.ts'
import type { Displaced, LateWrite, ReleaseOutcome, SwapOutcome } from '../ports/folder.ts'
import { OPEN, systemCode } from './file-system-calls.ts'
import type { FolderContext } from './folder-context.ts'
import { hashBytes } from './folder-context.ts'
import { pendingPath } from './local-folder.ts'
import type { Look } from './read-file.ts'
import { readDescriptor, readFile } from './read-file.ts'

/** Reads what a swap moved aside. */
export function lookAside(context: FolderContext, intent: Intent): Look {
  return readFile(context.calls, pendingPath(context, intent.aside), Infinity)
}

/** Adds the bytes that were moved aside, where they are not the expected ones, to how a swap ended. */
export function withDisplaced(
  context: FolderContext,
  intent: Intent,
  outcome: Extract<SwapOutcome, { kind: 'done' | 'occupied' }>,
): SwapOutcome {
  const look = lookAside(context, intent)
  if (look.kind === 'absent') return outcome
  if (look.kind === 'refused') return { kind: 'failed', diagnostic: look.diagnostic }
  const hash = hashBytes(look.bytes)
  return hash === intent.expected ? outcome : { ...outcome, displaced: { bytes: look.bytes, hash } }
}

/** Looks whether a late writer changed what a swap left aside; see `Folder.revisit`. */
export function revisitAside(
  context: FolderContext,
  intent: Intent,
  known: ContentHash,
): LateWrite | null {
  const aside = bytesOf(lookAside(context, intent))
  return aside === null || aside.hash === known ? null : { kind: 'late-write', ...aside }
}

function bytesOf(look: Look): Displaced | null {
  switch (look.kind) {
    case 'absent':
      return null
    case 'bytes':
      return { bytes: look.bytes, hash: hashBytes(look.bytes) }
    case 'refused':
      throw new DiptychError('folder-unavailable', {
        what: 'a displaced file cannot be read',
        why: look.diagnostic.message,
        hint: look.diagnostic.hint,
      })
  }
}

/**
 * Drops what a swap left aside; see `Folder.release`. The file is held open meanwhile and read once
 * more after its name is gone, so that only a write still later is lost with the descriptor it used.
 */
export function releaseAside(
  context: FolderContext,
  intent: Intent,
  known: ContentHash,
): ReleaseOutcome {
  const { calls } = context
  const path = pendingPath(context, intent.aside)
  let descriptor: number
  try {
    descriptor = calls.open(path, OPEN.READ)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { kind: 'released' }
    throw error
  }
  try {
    const before = bytesOf(readDescriptor(calls, descriptor, Infinity))
    if (before !== null && before.hash !== known) return { kind: 'late-write', ...before }
    calls.unlink(path)
    const after = bytesOf(readDescriptor(calls, descriptor, Infinity))
    const late = after !== null && after.hash !== known
    return late ? { kind: 'late-write', ...after } : { kind: 'released' }
  } finally {
    calls.close(descriptor)
  }
}
