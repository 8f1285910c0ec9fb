import type { OverviewActivity, OverviewLink, OverviewList } from '../lens/overview-view.ts'
import type { Origin } from '../model/entity.ts'
import type { FieldChange } from '../model/history.ts'
import type { EntityId } from '../model/id.ts'

/** Fields that follow from others, or say only where a line stands. */
const SILENT: ReadonlySet<string | null> = new Set(['started', 'completed', 'updated', 'position'])

/** Most lines, and most entities named on one of them. */
const LINES = 15
const NAMED = 3

/** How a change is signed that nobody's name is known of. */
const SIDES: Readonly<Record<Origin, string>> = {
  folder: 'in the folder',
  cli: 'on the command line',
  api: 'by a program',
  mcp: 'by an agent',
  merge: 'by a merge',
  restore: 'restored',
  import: 'imported',
}

interface Deed {
  readonly entity: EntityId
  readonly day: string
  readonly by: string
  readonly changes: FieldChange[]
}

/**
 * What was done lately, from changes newest first: what one author did to one entity on one day is one
 * entry, and neighbours that say the same are one line.
 */
export function recentActivity(
  changes: readonly FieldChange[],
  dayOf: (change: FieldChange) => string,
  link: (id: EntityId) => OverviewLink,
): OverviewList<OverviewActivity> {
  const lines: { day: string; by: string; what: string; entities: EntityId[] }[] = []
  for (const { entity, day, by, changes: done } of deeds(changes, dayOf)) {
    const what = describe(done)
    const last = lines.at(-1)
    if (last?.day === day && last.by === by && last.what === what) last.entities.push(entity)
    else lines.push({ day, by, what, entities: [entity] })
  }
  const items = lines.slice(0, LINES).map(({ day, by, what, entities }) => ({
    day,
    by,
    what,
    of: { items: entities.slice(0, NAMED).map(link), more: Math.max(0, entities.length - NAMED) },
  }))
  return { items, more: Math.max(0, lines.length - LINES) }
}

function deeds(
  changes: readonly FieldChange[],
  dayOf: (change: FieldChange) => string,
): Iterable<Deed> {
  const found = new Map<string, Deed>()
  for (const change of changes) {
    if (SILENT.has(change.field)) continue
    const { entity, origin, actor } = change
    const day = dayOf(change)
    const by = signature(origin, actor)
    const key = `${day} ${entity} ${by}`
    const known = found.get(key)
    if (known === undefined) found.set(key, { entity, day, by, changes: [change] })
    else known.changes.push(change)
  }
  return found.values()
}

function signature(origin: Origin, actor: string | null): string {
  if (actor === null || actor === '') return SIDES[origin]
  return origin === 'cli' ? actor : `${actor}, ${SIDES[origin]}`
}

/** What changes of one entity come to, from newest to oldest: where it ended counts. */
function describe(changes: readonly FieldChange[]): string {
  const event = changes.find(({ event: kind }) => kind !== 'changed')?.event
  if (event === 'deleted') return 'put in the trash'
  const status = changes.find(({ field }) => field === 'status')?.new
  const fields = changes.flatMap(({ field, event: kind }) =>
    kind === 'changed' && field !== null && (field !== 'status' || status === null) ? [field] : [],
  )
  const words = [
    ...(event === undefined ? [] : [event]),
    ...(typeof status === 'string' && event !== 'created' ? [status] : []),
    ...(typeof status === 'string' && event === 'created' ? [`now ${status}`] : []),
    ...(event === undefined && fields.length > 0
      ? [`changed ${[...new Set(fields)].sort().join(', ')}`]
      : []),
  ]
  return words.join(', ').replaceAll('_', ' ') || 'changed'
}
