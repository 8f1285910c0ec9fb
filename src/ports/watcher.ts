import type { DocumentPath } from '../model/document.ts'

/**
 * What may have changed since one last looked.
 *
 * `document`: the file at this path was saved, made, moved or removed. `folder`: something else
 * happened among the documents, a folder came or went; only a look at everything tells what.
 * `database`: some process, maybe this one, wrote to the database. `blind`: from now on changes in some
 * place may pass unseen, for the reason given.
 */
export type WatchHint =
  | { readonly kind: 'document'; readonly path: DocumentPath }
  | { readonly kind: 'folder' }
  | { readonly kind: 'database' }
  | { readonly kind: 'blind'; readonly why: string }

/**
 * Tells when to look at the folder and at the database.
 *
 * Contract: what it tells are hints and no more. It may leave changes out without a word (systems drop
 * events when they come too fast), tell one twice, tell several in another order, and tell of changes
 * that this program made itself. So nothing may be concluded from a hint, nor from the lack of one:
 * whoever watches also looks at everything from time to time. What it cannot watch it reports as
 * `blind` and goes on.
 */
export interface Watcher {
  /** Watches everything that is there when this returns; so start it before the first look. */
  start(tell: (hint: WatchHint) => void): Watch
}

/** A watch that is under way. Once it is closed, it tells nothing more. */
export interface Watch extends Disposable {
  /** Takes up again what got lost: a root that was replaced, folders that came unseen. */
  renew(): void
}
