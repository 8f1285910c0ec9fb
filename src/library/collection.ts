import type { ChangeOptions, Page, PageOptions, Reference } from './inputs.ts'

/**
 * What one can do with the entities of one kind.
 *
 * A reference is an id, the beginning of one, a file name, a title or a unique piece of one; where it
 * stands for several, every method throws `ambiguous` with the candidates. A change that is refused
 * (`invalid-value`, `unknown-field`, `refused-by-rule`, `stale-revision`) changes nothing. A change
 * resolves when it is committed in the database; its file follows.
 */
export interface Collection<Entity, New, Changes, Filter> {
  /** Makes an entity, in the current session where the input names none. */
  create(input: New): Promise<Entity>
  /** The entity as the database has it now; null where there is none. */
  get(reference: Reference): Promise<Entity | null>
  /**
   * Every entity that matches, in order, read a page at a time as it is consumed, and anew by each
   * iteration. What changes meanwhile
   * may be seen or not; nothing comes twice but what moves backwards.
   */
  list(filter?: Filter): AsyncIterable<Entity>
  /** One page of what {@link list} gives, with the count of all. */
  page(filter?: Filter & PageOptions): Promise<Page<Entity>>
  /** Sets the fields that are named. Throws `not-found`. */
  update(reference: Reference, changes: Changes, options?: ChangeOptions): Promise<Entity>
  /** Puts it in the trash and gives it as it was. Its parts stay as they are. Throws `not-found`. */
  remove(reference: Reference, options?: { readonly reason?: string | undefined }): Promise<Entity>
  /**
   * Brings it back from the trash, bytes and fields; of something live, its file or its board line
   * where that was taken away. Throws `not-found` where there is nothing to bring back.
   */
  restore(reference: Reference): Promise<Entity>
}
