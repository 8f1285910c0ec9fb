import type { Diagnostic, FileDiagnostic } from '../model/diagnostic.ts'
import type { DocumentKey, DocumentPath } from '../model/document.ts'
import type { EntityId } from '../model/id.ts'
import type { Action } from '../plan/action.ts'
import { ALL_QUIET } from '../plan/file-saves.ts'
import { planSync } from '../plan/plan-sync.ts'
import type { Blob, Seen, Waiting } from '../ports/base-store.ts'
import { type Application, applyActions } from './apply.ts'
import { tellChangesElsewhere } from './changes-elsewhere.ts'
import { type ValuesBefore, changeOf } from './document-change.ts'
import { type Gathered, type PassStart, gatherState } from './gather.ts'
import type { Observation } from './observe.ts'
import { refreshLists } from './refresh-lists.ts'
import type { Run } from './run.ts'
import { settleRest } from './settle-rest.ts'
import type { SyncOptions } from './sync-engine.ts'
import { encodeText } from './text-bytes.ts'

/** What was found before anything is decided. */
export interface Start {
  readonly observation: Observation
  readonly waiting: readonly Waiting[]
  /** Entities that the database changed since the last pass, and its counter now. */
  readonly changed: readonly EntityId[]
  readonly counter: number
  /** Whether the layout of the folder has changed since it was last in order. */
  readonly relaid: boolean
}

/**
 * Plan, apply, record: once. `still` when that was all: everything was carried out and nothing waits
 * that it may have released. Otherwise `moved`, and another look is due.
 */
export async function runPass(
  run: Run,
  options: SyncOptions,
  start: Start,
): Promise<'still' | 'moved'> {
  const { observation, waiting, counter } = start
  const gathered = await gatherState(run.parts, { ...start, ...answersOf(options) })
  const actions = planSync(gathered.context, gathered.state)
  for (const action of actions) run.tally.decided(action)
  await keepHeld(run, observation, actions)
  const before = run.counter
  run.counter = counter
  const done = await applyPass(run, gathered, start, actions, options)
  const { live } = options
  if (live !== undefined) {
    live.heard.add(run.operation.id)
    const telling = actions.filter((action) => !isEcho(action, start.changed))
    const acted = new Set<string>(telling.map(({ key }) => key))
    await tellChangesElsewhere(run.parts, live, { changed: start.changed, acted })
  }
  // Whoever came in between may have changed what this pass did not look at: the next one starts before it.
  if (!done.fresh) run.counter = before
  await settleRest(run, { waiting, actions, observation, counter: run.counter })
  const printed = done.fresh ? await refreshLists(run, gathered, observation, options.live) : done
  const open = waiting.length > 0 || actions.some(({ unsettled }) => unsettled)
  const acts = actions.some(({ kind }) => kind !== 'hold')
  return done.complete && printed.complete && !(open && acts) ? 'still' : 'moved'
}

/** What a pass would do and would say, without doing it. */
export async function preview(
  run: Run,
  options: SyncOptions,
  start: Start,
): Promise<{ readonly diagnostics: readonly FileDiagnostic[]; readonly held: number }> {
  const { context, state } = await gatherState(run.parts, {
    ...start,
    ...answersOf(options),
  })
  const actions = planSync(context, state)
  for (const action of actions) run.tally.decided(action)
  const planned = new Set(actions.map(({ path }) => path))
  const unread = [...start.observation.unknown].filter(([path]) => !planned.has(path))
  const unsettled = actions.filter(({ unsettled: open }) => open)
  return {
    diagnostics: [
      ...unsettled.flatMap(({ diagnostics }) => diagnostics),
      ...unread.flatMap(([path, notes]) => notes.map((note) => ({ ...note, path }))),
    ],
    held: unread.filter(([, notes]) => notes.some(isGrave)).length + unsettled.length,
  }
}

function isGrave({ severity }: Diagnostic): boolean {
  return severity !== 'note'
}

/**
 * Keeps what people saved and what is not taken yet: their next save may be made over it, and the
 * engine has seen it.
 */
async function keepHeld(
  { parts: { base, clock } }: Run,
  { files, unreadable, news }: Observation,
  actions: readonly Action[],
): Promise<void> {
  const open = new Map(
    actions.filter(({ unsettled }) => unsettled).map(({ path, key }) => [path, key]),
  )
  const time = clock.now()
  const blobs = files.flatMap(({ path, text, hash }): Blob[] => {
    const document = open.get(path)
    if (document === undefined || news.get(path) !== 'edited') return []
    return [{ hash, bytes: encodeText(text), by: 'person', document, path, time }]
  })
  for (const { path, hash, bytes } of unreadable) {
    if (news.get(path) !== 'edited') continue
    blobs.push({ hash, bytes, by: 'person', document: null, path, time })
  }
  if (blobs.length > 0) await base.keep(blobs)
}

/** What the person said beforehand, about deletions and about held files. */
function answersOf(options: SyncOptions): Pick<PassStart, 'guard' | 'accepted' | 'saves'> {
  const { restoreMissing, acceptDeletions, accept = [], live } = options
  const deletions = acceptDeletions === true ? 'accept' : 'ask'
  return {
    guard: restoreMissing === true ? 'restore' : deletions,
    accepted: new Set(accept as readonly DocumentPath[]),
    saves: live?.saves ?? ALL_QUIET,
  }
}

/** Whether an action only takes note of what another process has done on both sides. */
function isEcho({ kind, key, database, folder }: Action, changed: readonly EntityId[]): boolean {
  if (kind === 'hold' || kind === 'agree') return true
  const writes = database.entity !== null || folder !== null || kind === 'trash'
  return !writes && changed.some((id) => (id as string) === key)
}

const NOTHING_BEFORE: ValuesBefore = { agreed: null, database: null }

async function applyPass(
  run: Run,
  { state }: Gathered,
  { observation, changed }: Start,
  actions: readonly Action[],
  { progress, live }: SyncOptions,
): Promise<Application> {
  const texts = new Map<DocumentPath, string>()
  const before = new Map<DocumentKey, ValuesBefore>()
  for (const { key, agreed, database } of state.documents) {
    if (agreed !== null) texts.set(agreed.path, agreed.text)
    const held = database.kind === 'entity' ? database.entity.fields : null
    before.set(key, { agreed: agreed?.fields ?? null, database: held })
  }
  for (const { side } of state.boards) {
    if (side.agreed !== null) texts.set(side.agreed.path, side.agreed.text)
  }
  for (const { path, text } of observation.files) texts.set(path, text)
  return await applyActions(run, actions, {
    observed: seenByPath(observation),
    textAt: (path) => texts.get(path) ?? null,
    progress: (done) => progress?.(done, actions.length),
    carried: (action) => {
      const change = changeOf(run.parts.catalogue, action, before.get(action.key) ?? NOTHING_BEFORE)
      if (change !== null && !isEcho(action, changed)) live?.changed(change)
    },
  })
}

function seenByPath({ seen }: Observation): ReadonlyMap<DocumentPath, Seen> {
  return new Map(seen.map((entry) => [entry.path, entry]))
}
