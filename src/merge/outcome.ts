/**
 * What becomes of one thing that two sides may have changed.
 *
 * `merged`: both sides are to hold `value`. `conflict`: someone has to choose. Each side keeps its
 * own version of what collides (`folder`, `database`), `agreed` keeps the base's, and whatever does
 * not collide is merged into all three. So merging the three again finds the same collision.
 */
export type Merge<V> = { readonly kind: 'merged'; readonly value: V } | Collision<V>

/** A conflict with the version that each side goes on with. */
export interface Collision<V> {
  readonly kind: 'conflict'
  readonly agreed: V
  readonly folder: V
  readonly database: V
}
