import type { FileDiagnostic } from '../model/diagnostic.ts'
import type { DocumentPath } from '../model/document.ts'
import { ID_BYTES, mintOperationId } from '../model/id.ts'
import type { Operation } from '../model/history.ts'
import type { Action } from '../plan/action.ts'
import { planSync } from '../plan/plan-sync.ts'
import { fileNote } from '../plan/plan-notes.ts'
import type { Seen, Waiting } from '../ports/base-store.ts'
import { applyActions } from './apply.ts'
import type { EngineParts } from './engine-parts.ts'
import { watchAsides } from './asides.ts'
import { checkEpoch } from './epoch.ts'
import { type Gathered, gatherState } from './gather.ts'
import { type Observation, observeFolder } from './observe.ts'
import { planOverviews } from './overviews.ts'
import { recoverIntents } from './recover.ts'
import type { SyncReport } from './report.ts'
import type { SyncEngine, SyncHealth, SyncOptions } from './sync-engine.ts'
import type { Run } from './run.ts'
import { settleRest } from './settle-rest.ts'
import { startTally } from './tally.ts'

/** Most passes of one call. Two reach the fixed point; the rest is for people who go on saving meanwhile. */
const MAX_PASSES = 8

/** Makes the engine of one project. It starts nothing by itself: every step is one of `sync`. */
export function openEngine(parts: EngineParts): SyncEngine {
  return {
    sync: async (options = {}) => await synchronize(parts, options),
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
  if (git.kind === 'busy') return tally.report([gitNote(git.why)], 0)
  const marks = await checkEpoch(parts.store, parts.base)
  const run: Run = {
    parts,
    operation: startOperation(parts),
    replica: await parts.base.replica(),
    tally,
    part: 0,
    counter: marks.counter,
  }
  if (options.dryRun !== true) {
    await recoverIntents(run)
    await watchAsides(run)
  }
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const outcome = await runPass(run, options)
    if (outcome.kind === 'paused') return tally.report(outcome.notes, 0)
    if (outcome.kind === 'still') break
  }
  const waiting = await parts.base.waiting()
  return tally.report(...openMatters(waiting))
}

function startOperation({ ids, clock }: EngineParts): Operation {
  const id = mintOperationId(ids.bytes(ID_BYTES))
  return { id, origin: 'folder', actor: null, time: clock.now(), summary: 'sync' }
}

function gitNote(why: string): FileDiagnostic {
  const message = `${why}; both directions wait until it is done`
  return fileNote(
    '.git',
    'git-busy',
    'warning',
    message,
    'finish or abort it, then run the command again',
  )
}

/** What is open after the last pass: the diagnostics of everything that waits, and how many documents do. */
function openMatters(waiting: readonly Waiting[]): readonly [readonly FileDiagnostic[], number] {
  const diagnostics = waiting.flatMap((entry) => entry.diagnostics)
  const held = waiting.filter((entry) =>
    entry.diagnostics.some(({ severity }) => severity !== 'note'),
  )
  return [diagnostics, held.length]
}

type PassOutcome =
  | { readonly kind: 'still' }
  | { readonly kind: 'moved' }
  | { readonly kind: 'paused'; readonly notes: readonly FileDiagnostic[] }

/** Observe, plan, apply, record: once. `still` when there was nothing to do or a dry run has said it all. */
async function runPass(run: Run, options: SyncOptions): Promise<PassOutcome> {
  const { base, store } = run.parts
  const waiting = await base.waiting()
  const again = new Set(waiting.map(({ path }) => path))
  const observation = await observeFolder(run.parts, again)
  if (!observation.rooted) return { kind: 'paused', notes: [rootNote()] }
  const { entities: changed, counter } = await store.changedSince(run.counter)
  const quiet =
    observation.files.length + observation.unknown.size + observation.vanished.size === 0
  if (quiet && changed.length === 0 && waiting.length === 0) {
    await base.record({ seen: observation.seen })
    return { kind: 'still' }
  }
  const guard =
    options.restoreMissing === true
      ? 'restore'
      : options.acceptDeletions === true
        ? 'accept'
        : 'ask'
  const gathered = await gatherState(run.parts, { observation, waiting, changed, guard })
  const actions = planSync(gathered.context, gathered.state)
  for (const action of actions) run.tally.decided(action)
  if (options.dryRun === true) return { kind: 'still' }
  const before = run.counter
  run.counter = counter
  const fresh = await applyPass(run, gathered, observation, actions, options)
  await settleRest(run, { waiting, actions, observation, counter: fresh ? run.counter : before })
  const printed = fresh ? await refreshOverviews(run, gathered, observation) : []
  const acts = [...actions, ...printed].some(({ kind }) => kind !== 'hold')
  return { kind: acts || !fresh ? 'moved' : 'still' }
}

async function applyPass(
  run: Run,
  { state }: Gathered,
  observation: Observation,
  actions: readonly Action[],
  { progress }: SyncOptions,
): Promise<boolean> {
  const texts = new Map<DocumentPath, string>()
  for (const { agreed } of state.documents) if (agreed !== null) texts.set(agreed.path, agreed.text)
  for (const { side } of state.boards) {
    if (side.agreed !== null) texts.set(side.agreed.path, side.agreed.text)
  }
  for (const { path, text } of observation.files) texts.set(path, text)
  return await applyActions(run, actions, {
    observed: seenByPath(observation),
    textAt: (path) => texts.get(path) ?? null,
    progress: (done) => progress?.(done, actions.length),
  })
}

/** Prints the overviews of all sessions that the pass touched, with what it changed in them. */
async function refreshOverviews(
  run: Run,
  { context, state }: Gathered,
  observation: Observation,
): Promise<readonly Action[]> {
  const sessions = state.boards.map(({ side }) => side.session)
  const actions = await planOverviews(run.parts, context, sessions, observation)
  for (const action of actions) run.tally.decided(action)
  const typed = new Map(observation.files.map(({ path, text }) => [path, text]))
  await applyActions(run, actions, {
    observed: seenByPath(observation),
    textAt: (path) => typed.get(path) ?? null,
    progress: () => {},
  })
  return actions
}

function seenByPath({ seen }: Observation): ReadonlyMap<DocumentPath, Seen> {
  return new Map(seen.map((entry) => [entry.path, entry]))
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
