/**
 * The right to bring one folder and its database together. One process has it at a time, and the system
 * takes it back from a process that ends, however it ends.
 */
export interface Lease extends AsyncDisposable {
  /**
   * Does work while holding the lease, after waiting for whoever holds it now.
   *
   * Not reentrant: work that asks for it again waits for itself. Throws `store-unavailable` when the
   * other one does not end, and whatever `work` throws.
   */
  hold<T>(work: () => Promise<T>): Promise<T>
  /** Ends the patience: from now on all who wait, and all who come, wait for `milliseconds` in sum. */
  hurry(milliseconds: number): void
}
