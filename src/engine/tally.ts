import type { FileDiagnostic } from '../model/diagnostic.ts'
import type { DocumentKey } from '../model/document.ts'
import type { Action } from '../plan/action.ts'
import type { SyncReport } from './report.ts'

/** Counts what a synchronization does over all its passes, each document once by what happened to it first. */
export interface Tally {
  /** Takes note of a decision. A dry run takes note of the first pass alone. */
  decided(action: Action): void
  /** Takes note of rows that a commit changed. */
  committed(changes: number): void
  /** Takes note of a file replaced, created, moved or removed. */
  wrote(): void
  report(waiting: readonly FileDiagnostic[], held: number): SyncReport
}

type Counter = Exclude<keyof SyncReport, 'diagnostics' | 'writes' | 'held' | 'moved' | 'conflicts'>

const COUNTER_OF: Readonly<Record<Action['kind'], Counter | null>> = {
  ingest: 'ingested',
  project: 'projected',
  remove: 'projected',
  restore: 'projected',
  agree: 'agreed',
  merge: 'merged',
  create: 'created',
  trash: 'trashed',
  hold: null,
}

/** Starts an empty tally. */
export function startTally(): Tally {
  const counted = new Map<DocumentKey, Counter>()
  const notes: FileDiagnostic[] = []
  const opened = new Set<string>()
  let [moved, writes] = [0, 0]
  return {
    decided(action) {
      const counter = COUNTER_OF[action.kind]
      if (counter !== null && !counted.has(action.key)) counted.set(action.key, counter)
      if (action.folder?.kind === 'move') moved++
      for (const write of action.database.conflicts) {
        if (write.kind === 'put' && write.conflict.revision === 1) opened.add(write.conflict.id)
      }
      const passing = action.diagnostics.filter(({ severity }) => severity === 'note')
      notes.push(...(action.unsettled ? passing : action.diagnostics))
    },
    committed(changes) {
      writes += changes
    },
    wrote() {
      writes++
    },
    report(waiting, held) {
      const counts = Map.groupBy(counted.values(), (counter) => counter)
      const count = (counter: Counter): number => counts.get(counter)?.length ?? 0
      return {
        ingested: count('ingested'),
        projected: count('projected'),
        agreed: count('agreed'),
        merged: count('merged'),
        conflicts: opened.size,
        held,
        trashed: count('trashed'),
        moved,
        created: count('created'),
        diagnostics: withoutRepeats([...notes, ...waiting]),
        writes,
      }
    },
  }
}

/** Each diagnostic once: what several passes said, or a pass and the list of what waits. */
function withoutRepeats(diagnostics: readonly FileDiagnostic[]): readonly FileDiagnostic[] {
  const byContent = new Map(diagnostics.map((note) => [JSON.stringify(note), note]))
  return [...byContent.values()]
}
