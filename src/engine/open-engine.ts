import { fileNote } from '../plan/plan-notes.ts'
import type { FileDiagnostic } from '../model/diagnostic.ts'
import { type EntityId, ID_BYTES, mintOperationId } from '../model/id.ts'
import type { Operation } from '../model/history.ts'
import type { Waiting } from '../ports/base-store.ts'
import type { GitState } from '../ports/folder.ts'
import type { EngineParts } from './engine-parts.ts'
import { checkEpoch } from './epoch.ts'
import { isRelaid, noteLayout, tasksToMove } from './layout-change.ts'
import type { LiveRun } from './live-run.ts'
import { type Observation, observeFolder } from './observe.ts'
import { noteCircumstances, sessionsToPrintAgain } from './overview-circumstances.ts'
import type { SyncReport } from './report.ts'
import type { Run } from './run.ts'
import type { SyncEngine, SyncHealth, SyncOptions } from './sync-engine.ts'
import { startTally } from './tally.ts'

/** Most passes of one call. Two reach the fixed point; the rest is for people who go on saving meanwhile. */
const MAX_PASSES = 8

/**
 * Makes the engine of one project. It starts nothing by itself: every step is one of `sync`. What
 * decides and writes is loaded only when there is something to decide, so that a command on panels
 * that are equal starts quickly.
 */
export function openEngine(parts: EngineParts): SyncEngine {
  let last: Promise<unknown> = Promise.resolve()
  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const run = last.then(async () => await parts.lease.hold(work))
    last = run.catch(() => undefined)
    return run
  }
  return {
    sync: (options = {}) => exclusive(async () => await synchronize(parts, options)),
    exclusive,
    health: async () => await readHealth(parts),
  }
}

async function readHealth({ base, folder }: EngineParts): Promise<SyncHealth> {
  const git = await folder.gitState()
  return {
    waiting: await base.waiting(),
    paused: git.kind === 'busy' ? git.why : null,
  }
}

async function synchronize(parts: EngineParts, options: SyncOptions): Promise<SyncReport> {
  const tally = startTally()
  const git = await parts.folder.gitState()
  if (git.kind === 'busy') return tally.report([gitNote(git)], 0)
  const marks = await checkEpoch(parts.store, parts.base)
  const run: Run = {
    parts,
    operation: startOperation(parts),
    replica: await parts.base.replica(),
    tally,
    part: 0,
    counter: Math.min(marks.counter, options.live?.seenUpTo ?? marks.counter),
  }
  if (options.dryRun !== true && (await hasLeftovers(parts, options))) {
    const { recoverIntents } = await import('./recover.ts')
    const { watchAsides } = await import('./asides.ts')
    await recoverIntents(run)
    await watchAsides(run)
  }
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const outcome = await look(run, options, pass === 0)
    if (outcome.kind === 'told') return tally.report(outcome.diagnostics, outcome.held)
    if (outcome.kind === 'still') break
  }
  if (options.dryRun !== true) {
    await noteCircumstances(run)
    await noteLayout(run)
  }
  options.live?.reached(run.counter)
  return tally.report(...openMatters(await parts.base.waiting()))
}

/** Whether an earlier run left anything to finish or to watch. A look at some files alone leaves the rest. */
async function hasLeftovers(
  { base, folder }: EngineParts,
  { live }: SyncOptions,
): Promise<boolean> {
  const intents = await base.intents()
  if (intents.length > 0) return true
  if (live?.leftovers === false) return false
  if ((await base.asides()).length > 0) return true
  return (await folder.strays([])).length > 0
}

/** `told`: there is no more to do, and this is all there is to say. */
type Outcome =
  | { readonly kind: 'still' | 'moved' }
  | {
      readonly kind: 'told'
      readonly diagnostics: readonly FileDiagnostic[]
      readonly held: number
    }

/** Looks at both sides, and hands over to a pass when there is anything to decide. */
async function look(run: Run, options: SyncOptions, first: boolean): Promise<Outcome> {
  const { base, store } = run.parts
  const { live } = options
  const relaid = await isRelaid(run)
  const hinted = first && !relaid && live?.again === false ? await lookAtHints(run, live) : null
  if (hinted?.kind === 'echo') return { kind: 'still' }
  const waiting = await base.waiting()
  const open = new Set(waiting.map(({ path }) => path))
  const observation =
    hinted !== null && open.size === 0
      ? hinted.observation
      : await observeFolder(run.parts, open, live?.paths ?? null)
  if (live !== undefined) noteSaves(live, observation)
  if (!observation.rooted) return { kind: 'told', diagnostics: [rootNote()], held: 0 }
  // What was read while git began to write may be half of one commit and half of another.
  const git = await run.parts.folder.gitState()
  if (git.kind === 'busy') return { kind: 'told', diagnostics: [gitNote(git)], held: 0 }
  const { entities, counter } = await store.changedSince(run.counter)
  const changed = first ? [...entities, ...(await dueAnyway(run, relaid))] : entities
  if (isQuiet(observation) && changed.length + waiting.length === 0 && !listsDue(live)) {
    await base.record({ seen: observation.seen })
    run.counter = counter
    return { kind: 'still' }
  }
  const { preview, runPass } = await import('./pass.ts')
  const start = { observation, waiting, changed, counter, relaid }
  if (options.dryRun === true) return { kind: 'told', ...(await preview(run, options, start)) }
  return { kind: await runPass(run, options, start) }
}

/** Entities whose documents may change although neither side did. */
async function dueAnyway(run: Run, relaid: boolean): Promise<readonly EntityId[]> {
  const sessions = await sessionsToPrintAgain(run)
  return relaid ? [...sessions, ...(await tasksToMove(run))] : sessions
}

function isQuiet({ files, unknown, vanished }: Observation): boolean {
  return files.length + unknown.size + vanished.size === 0
}

/** `echo`: there is nothing new at all, most often because hints told of our own writes. */
type Hinted =
  | { readonly kind: 'echo' }
  | { readonly kind: 'news'; readonly observation: Observation }

/** Looks at the files that hints were about, and at nothing that waits. */
async function lookAtHints(run: Run, live: LiveRun): Promise<Hinted> {
  const { parts } = run
  const observation = await observeFolder(parts, new Set(), live.paths)
  const news = { kind: 'news', observation } as const
  if (listsDue(live) || !observation.rooted || !isQuiet(observation)) return news
  const { entities, counter } = await parts.store.changedSince(run.counter)
  if (entities.length > 0) return news
  noteSaves(live, observation)
  await parts.base.record({ seen: observation.seen })
  run.counter = counter
  return { kind: 'echo' }
}

/** Remembers which files someone has just saved. */
function noteSaves({ saves, watched, paths }: LiveRun, observation: Observation): void {
  const { news, seen, vanished } = observation
  for (const { path, stat } of seen) {
    if (news.get(path) === 'known') continue
    const stamp = Number(stat.mtimeNs / 1_000_000n)
    if (watched) saves.seen(path, stamp)
    else saves.found(path, stamp)
  }
  if (paths === null || vanished.size > 0) saves.missing(vanished)
}

function listsDue(live: LiveRun | undefined): boolean {
  return live !== undefined && live.printLists && live.lists.size > 0
}

function startOperation({ ids, clock }: EngineParts): Operation {
  const id = mintOperationId(ids.bytes(ID_BYTES))
  return { id, origin: 'folder', actor: null, time: clock.now(), summary: 'sync' }
}

function gitNote({ why, at }: Extract<GitState, { kind: 'busy' }>): FileDiagnostic {
  const message = `${why}; both directions wait until it is done`
  return fileNote(
    at,
    'git-busy',
    'warning',
    message,
    'finish or abort it, then run the command again',
  )
}

/** What is open in the end: the diagnostics of everything that waits, and how many documents do. */
function openMatters(waiting: readonly Waiting[]): readonly [readonly FileDiagnostic[], number] {
  const diagnostics = waiting.flatMap((entry) => entry.diagnostics)
  const held = waiting.filter((entry) =>
    entry.diagnostics.some(({ severity }) => severity !== 'note'),
  )
  return [diagnostics, held.length]
}

function rootNote(): FileDiagnostic {
  return fileNote(
    'config.yaml',
    'mass-deletion',
    'error',
    'the project folder or its config.yaml is not there; nothing was concluded from that',
    'mount or restore the folder; `diptych init` writes config.yaml again',
  )
}
