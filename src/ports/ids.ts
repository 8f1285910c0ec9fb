/** Source of random bytes for ids and temporary names. */
export interface Ids {
  /** `count` bytes, fresh and uniform. */
  bytes(count: number): Uint8Array
}
