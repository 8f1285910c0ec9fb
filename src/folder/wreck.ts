import type { ContentHash, DocumentPath } from '../model/document.ts'
import type { Intent } from '../ports/base-store.ts'
import { hashBytes } from './folder-context.ts'
import type { Look } from './read-file.ts'

/** What stands at the places of an intent that was left open. */
export interface Wreck {
  readonly intent: Intent
  /** Where the new bytes go: the target of a move, else the path. */
  readonly goalPath: DocumentPath
  /** What stands at the intent's path, at the goal (the same but for a move), and aside. */
  readonly source: Look
  readonly goal: Look
  readonly aside: Look
  /** Bytes of `intent.next`; null for a removal, and where they are lost. */
  readonly wanted: Uint8Array | null
  /** Whether the temporary file is still there: then a file at the goal may be a copy that was broken off. */
  readonly waiting: boolean
}

/**
 * What to do about a wreck. `done`, `occupied`, `absent`, `changed`: nothing but to say so. `finish`:
 * put the new bytes at the goal. `redo`: the same, after what a broken-off copy left there was moved
 * away. `carry`: give the file that is aside its new name. `back`: return it to its path, and give
 * `answer`.
 */
export type Verdict =
  | { readonly kind: 'done' | 'occupied' | 'absent' | 'changed' | 'finish' | 'redo' | 'carry' }
  | { readonly kind: 'back'; readonly answer: 'changed' | 'occupied' }

/** Whether an intent moves a file without changing its bytes: then the file itself gets the new name. */
export function isCarried({ kind, expected, next }: Intent): boolean {
  return kind === 'move' && next === expected
}

/** Decides how a wreck ends, from nothing but what was found. */
export function judgeWreck(wreck: Wreck): Verdict {
  return wreck.aside.kind === 'absent' ? judgeWhole(wreck) : judgeBroken(wreck)
}

/** Nothing is aside: it had not begun, or it had come to its end. */
function judgeWhole(wreck: Wreck): Verdict {
  const { intent, source, goal } = wreck
  switch (intent.kind) {
    case 'create':
      if (goal.kind === 'absent') return { kind: 'absent' }
      if (hashOf(goal) === intent.next) return { kind: 'done' }
      return { kind: isBrokenOff(wreck) ? 'redo' : 'occupied' }
    case 'replace':
      if (source.kind === 'absent') return { kind: 'absent' }
      return { kind: hashOf(source) === intent.next ? 'done' : 'changed' }
    case 'remove':
      return { kind: source.kind === 'absent' ? 'absent' : 'changed' }
    case 'move':
      if (source.kind !== 'absent') return { kind: 'changed' }
      return { kind: hashOf(goal) === intent.next ? 'done' : 'absent' }
  }
}

/** The old file is aside: its path was free for a moment, in which anyone may have come. */
function judgeBroken(wreck: Wreck): Verdict {
  const { intent, source, goal, aside, wanted } = wreck
  const untouched = hashOf(aside) === intent.expected
  if (intent.kind === 'remove') {
    if (source.kind !== 'absent') return { kind: 'occupied' }
    return untouched ? { kind: 'done' } : { kind: 'back', answer: 'changed' }
  }
  const carried = isCarried(intent)
  if (goal.kind === 'absent') {
    if (carried) return { kind: 'carry' }
    return untouched && wanted !== null ? { kind: 'finish' } : { kind: 'back', answer: 'changed' }
  }
  if (carried && isSameFile(goal, aside)) return { kind: 'done' }
  if (hashOf(goal) === intent.next) return { kind: 'done' }
  if (isBrokenOff(wreck)) return { kind: 'redo' }
  return intent.kind === 'move' ? { kind: 'back', answer: 'occupied' } : { kind: 'occupied' }
}

function hashOf(look: Look): ContentHash | null {
  return look.kind === 'bytes' ? hashBytes(look.bytes) : null
}

/** Whether two names lead to one file. */
export function isSameFile(one: Look, other: Look): boolean {
  return (
    one.kind === 'bytes' &&
    other.kind === 'bytes' &&
    one.stat.ino === other.stat.ino &&
    one.stat.dev === other.stat.dev
  )
}

/** Whether the file at the goal is the beginning of the wanted bytes: what a copy leaves that was broken off. */
function isBrokenOff({ intent, goal, wanted, waiting }: Wreck): boolean {
  if (!waiting && intent.kind !== 'move') return false
  if (goal.kind !== 'bytes' || wanted === null || goal.bytes.length >= wanted.length) return false
  return Buffer.compare(goal.bytes, wanted.subarray(0, goal.bytes.length)) === 0
}
