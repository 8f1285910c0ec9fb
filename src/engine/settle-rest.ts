import type { DocumentKey, DocumentPath } from '../model/document.ts'
import type { Action } from '../plan/action.ts'
import type { Waiting } from '../ports/base-store.ts'
import type { Run } from './run.ts'
import type { Observation } from './observe.ts'

/** A pass whose actions were carried out. */
export interface PassEnd {
  /** What waited before it. */
  readonly waiting: readonly Waiting[]
  readonly actions: readonly Action[]
  readonly observation: Observation
  /** Counter of the database up to which everything is planned. */
  readonly counter: number
}

/**
 * Records the rest of a pass: files that were read and need nothing, files that cannot be read,
 * documents that wait no longer, and how far this replica has come.
 */
export async function settleRest(run: Run, end: PassEnd): Promise<void> {
  const { actions, observation, waiting, counter } = end
  const { base, store, clock } = run.parts
  const acted = new Set(actions.flatMap(pathsOf))
  const keys = new Set<DocumentKey | DocumentPath>(actions.map(({ key }) => key))
  const unread = [...observation.unknown].filter(([path]) => !acted.has(path))
  const still = new Set<DocumentKey | DocumentPath>(unread.map(([path]) => path))
  const homes = await homesAmong(run, observation.vanished)
  const { database } = await store.epoch()
  await base.record({
    seen: observation.seen.filter(({ path }) => !acted.has(path)),
    unseen: [...observation.vanished].filter((path) => !homes.has(path) && !acted.has(path)),
    waiting: unread.map(([path, diagnostics]) => ({
      key: path,
      path,
      hash: null,
      since: clock.now(),
      diagnostics: diagnostics.map((note) => ({ ...note, path })),
      offBoard: [],
    })),
    settled: waiting.map(({ key }) => key).filter((key) => !keys.has(key) && !still.has(key)),
    marks: { database, counter, operation: run.part > 0 ? run.operation.id : await lastMark(run) },
  })
}

/**
 * Those of `vanished` where a document still belongs: it is held, or its move did not come about. The
 * next scan has to miss them again, or a file that went elsewhere would pass for a copy of what is gone.
 */
async function homesAmong(
  { parts: { base } }: Run,
  vanished: ReadonlySet<DocumentPath>,
): Promise<ReadonlySet<DocumentPath>> {
  if (vanished.size === 0) return vanished
  const homes = (await base.agreedIndex()).map(({ path }) => path)
  return new Set(homes.filter((path) => vanished.has(path)))
}

function pathsOf({ path, folder }: Action): readonly DocumentPath[] {
  if (folder?.kind === 'move') return [path, folder.path, folder.target]
  return [path]
}

async function lastMark({ parts }: Run): Promise<Run['operation']['id'] | null> {
  return (await parts.base.marks()).operation
}
