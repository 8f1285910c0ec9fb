import type { DocumentState } from './state.ts'

/** Fewest vanished documents that can be a mass deletion. */
const AT_LEAST = 3
/** More vanished documents than this are one, of however many. */
const AT_MOST = 20
/** So are more than this share of all. */
const SHARE = 0.1

/**
 * Tells whether so many files are gone at once that it is more likely an accident (an unmounted
 * disk, a wrong folder, a checkout) than someone's will. It stays so until someone answers, whatever
 * else comes or goes.
 */
export function isMassDeletion(documents: readonly DocumentState[], total: number): boolean {
  if (documents.some((document) => document.deletionHeld && isDeletion(document))) return true
  const gone = documents.filter(isDeletion).length
  return gone >= AT_LEAST && (gone > AT_MOST || gone > total * SHARE)
}

/**
 * A document that both sides had, whose file is gone, not just for a moment, and not because git went
 * to a commit without it.
 */
export function isDeletion(document: DocumentState): boolean {
  const { folder, agreed, database, quiet, removedByGit } = document
  const gone = folder.kind === 'absent' && agreed !== null && database.kind === 'entity'
  return gone && quiet && !removedByGit
}
