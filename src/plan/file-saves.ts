import type { DocumentPath } from '../model/document.ts'

/** What is known of when people saved their files. */
export interface FileSaves {
  /** Whether nobody has saved the file, or taken it away, for the quiet period. */
  isQuiet(path: DocumentPath): boolean
  /** Day on which the file was last saved, `YYYY-MM-DD`; null where nobody was there to see it. */
  dayOf(path: DocumentPath): string | null
}

/** What a single run knows: it was called for, so nobody is taken to be in the middle of something. */
export const ALL_QUIET: FileSaves = { isQuiet: () => true, dayOf: () => null }
