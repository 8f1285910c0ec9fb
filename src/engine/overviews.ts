import { type Agreed, type DocumentPath, sessionDocument } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import { SESSIONS_FOLDER } from '../model/layout.ts'
import type { Action } from '../plan/action.ts'
import { INBOX, planOverview } from '../plan/plan-overview.ts'
import type { FileText, PlanContext } from '../plan/state.ts'
import type { EngineParts } from './engine-parts.ts'
import { type Observation, standsAt } from './observe.ts'
import { isShared } from './shared-overview.ts'
import { viewSession } from './view-session.ts'

/** Whose overviews are due, by what the database holds now, and what was found in the folder. */
export interface OverviewRequest {
  readonly names: Names
  readonly sessions: readonly EntityId[]
  readonly observation: Observation
}

/**
 * Decides about the overviews of `sessions`, from what the database holds now. The printed text
 * depends on the database, the calendar day, the settings and what waits, and stays the same while they do; one
 * that git is to have depends on the files of the commit alone. One that is gone stays so while it is asked
 * whether much more may go.
 */
export async function planOverviews(
  parts: EngineParts,
  context: PlanContext,
  { names, sessions, observation }: OverviewRequest,
): Promise<readonly Action[]> {
  if (sessions.length === 0) return []
  const { printOverview } = await import('../lens/overview.ts')
  const [waiting, edges] = await Promise.all([parts.base.waiting(), parts.store.edges()])
  const asking = waiting.some(({ diagnostics }) =>
    diagnostics.some(({ code }) => code === 'mass-deletion'),
  )
  const source = { names, edges, waiting, shared: await isShared(parts) }
  const actions: Action[] = []
  for (const session of sessions) {
    const folder = names.get(session)?.path?.split('/')[1]
    if (folder === undefined) continue
    const path = `${SESSIONS_FOLDER}/${folder}/overview.md` as DocumentPath
    if (observation.unknown.has(path)) continue
    const [agreed = null] = await parts.base.agreed([sessionDocument('overview', session)])
    const present = presentOverview(observation, path, agreed)
    if (asking && agreed !== null && present === null) continue
    const view = await viewSession(parts, source, session, path)
    const { overview } = await parts.templates()
    const printed = printOverview(overview, view)
    const known = await otherPrints(parts, agreed, present)
    const inbox = await findInbox(parts, names, session, folder)
    const side = { session, path, agreed, present, known, printed, inbox }
    actions.push(...planOverview(context, side))
  }
  return actions
}

/** The overview's file, or the one left in a former folder of its session. */
function presentOverview(
  observation: Observation,
  path: DocumentPath,
  agreed: Agreed | null,
): FileText | null {
  const places = agreed === null || agreed.path === path ? [path] : [path, agreed.path]
  for (const place of places) {
    const file = observation.files.find((candidate) => candidate.path === place)
    if (file !== undefined) return file
    if (standsAt(observation, place)) return agreed?.path === place ? agreed : null
  }
  return null
}

/** Most older texts of an overview in which its lines are looked for. */
const OLDER = 50

/** What programs made of an overview that is not as it was left: earlier prints of it, and what git has. */
async function otherPrints(
  { base, folder }: EngineParts,
  agreed: Agreed | null,
  present: FileText | null,
): Promise<readonly string[]> {
  if (agreed === null || present === null || agreed.text === present.text) return []
  const older = await base.olderTexts(agreed.key, OLDER)
  const staged = await folder.staged(present.path)
  return [...older.map(({ text }) => text), ...(staged === null ? [] : [staged])]
}

type Names = ReadonlyMap<EntityId, EntityName>

async function findInbox(
  { store }: EngineParts,
  names: Names,
  session: EntityId,
  folder: string,
): Promise<Parameters<typeof planOverview>[1]['inbox']> {
  const path = `${SESSIONS_FOLDER}/${folder}/notes/${INBOX}.md` as DocumentPath
  const note = [...names.values()].find(
    (name) => name.kind === 'note' && name.live && name.session === session && name.path === path,
  )
  const [entity = null] = note === undefined ? [] : await store.entities([note.id])
  return { path, entity }
}
