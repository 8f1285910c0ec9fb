import { DiptychError } from '../model/error.ts'

/**
 * Makes a change of each of `ids` in turn, which are all known to be there, an operation each.
 *
 * Where one is refused the rest is left, and the error says which were changed before it.
 */
export async function changeEach<Result>(
  ids: readonly string[],
  change: (id: string, before: string | null) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const id of ids) {
    const done = ids.slice(0, results.length)
    try {
      results.push(await change(id, done.at(-1) ?? null))
    } catch (error) {
      if (!(error instanceof DiptychError) || done.length === 0) throw error
      const { why } = error.details
      const before = `done before it: ${done.join(', ')}`
      const details = { ...error.details, why: why === undefined ? before : `${why}; ${before}` }
      throw new DiptychError(error.code, details, error)
    }
  }
  return results
}
