/** Wakes somebody after a while. */
export interface Alarm {
  /** Runs `work` once, `milliseconds` from now or a little later; the answer calls it off. */
  after(milliseconds: number, work: () => void): () => void
}
