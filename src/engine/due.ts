import type { DocumentPath } from '../model/document.ts'

/** What the next run of a live engine has to look at. */
export interface Due {
  /** All files, what waits, and what earlier swaps left. */
  everything: boolean
  /** What the database changed. */
  database: boolean
  /** Documents that waited for their files to be quiet, or for another reason. */
  waiting: boolean
  /** Files that earlier swaps moved aside. */
  asides: boolean
  /** Overviews that are to be printed. */
  lists: boolean
  /** Files that someone may have saved. */
  readonly paths: Set<DocumentPath>
}

/** Nothing to look at. */
export function nothingDue(): Due {
  return {
    everything: false,
    database: false,
    waiting: false,
    asides: false,
    lists: false,
    paths: new Set(),
  }
}

/** Whether there is anything to look at. */
export function isDue({ everything, database, waiting, asides, lists, paths }: Due): boolean {
  return everything || database || waiting || asides || lists || paths.size > 0
}
