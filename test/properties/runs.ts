import type { Parameters } from 'fast-check'

/** How often a law is tried: `DIPTYCH_RUNS`, else `fallback`; from `DIPTYCH_SEED` where it is set. */
export function runs<T>(fallback = 3000): Parameters<T> {
  const { DIPTYCH_RUNS, DIPTYCH_SEED } = process.env
  const seed = DIPTYCH_SEED === undefined ? {} : { seed: Number(DIPTYCH_SEED) }
  return { numRuns: DIPTYCH_RUNS === undefined ? fallback : Number(DIPTYCH_RUNS), ...seed }
}
