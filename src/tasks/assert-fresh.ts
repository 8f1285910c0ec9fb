import type { Entity } from '../model/entity.ts'
import { DiptychError } from '../model/error.ts'
import type { Project } from './project.ts'

/**
 * Throws `stale-revision` where one of `fields` changed after `ifRevision`; changes of other fields
 * since then do no harm. Null asks for nothing.
 */
export async function assertFresh(
  project: Project,
  entity: Entity,
  fields: readonly string[],
  ifRevision: number | null,
): Promise<void> {
  if (ifRevision === null || ifRevision === entity.revision) return
  const hint = `diptych ${entity.kind} show ${entity.id}`
  if (ifRevision > entity.revision) {
    throw new DiptychError('stale-revision', {
      what: `${entity.id} has no revision ${ifRevision} yet`,
      why: `it is at revision ${entity.revision}`,
      hint,
    })
  }
  for (const field of fields) {
    const { items } = await project.store.history({ entity: entity.id, field, limit: 1 })
    const [last] = items
    if (last === undefined || last.revision <= ifRevision) continue
    throw new DiptychError('stale-revision', {
      what: `${field} of ${entity.id} changed after revision ${ifRevision}`,
      why: `revision ${last.revision} set it, from ${last.origin}${last.actor === null ? '' : ` by ${last.actor}`}`,
      hint: `read it again with \`${hint}\`, then repeat with --if-revision ${entity.revision}`,
    })
  }
}
