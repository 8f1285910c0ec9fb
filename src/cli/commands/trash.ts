import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { listTrash, tombstoneTitle } from '../../tasks/list-trash.ts'
import { pathInProject } from '../../tasks/path-in-project.ts'
import type { Command } from '../context.ts'
import { presentTable } from '../present/table.ts'
import { withProject } from '../with-project.ts'

/** `trash`: what was removed and can be brought back. */
export const showTrash: Command<object> = (context) =>
  withProject(context, async (project) => {
    const trash = await listTrash(project)
    const items = trash.map((tombstone) => ({
      id: tombstone.entity.id,
      entity: tombstone.entity.kind,
      title: tombstoneTitle(tombstone),
      path: tombstone.path === null ? null : pathInProject(project, tombstone.path),
      deleted: new Date(tombstone.deleted).toISOString(),
      origin: tombstone.origin,
      reason: tombstone.reason,
    }))
    if (items.length === 0) context.note('the trash is empty')
    const rows = items.map((item) => [item.id, item.deleted.slice(0, 16), item.origin, item.title])
    const heading = ['ID', 'REMOVED', 'BY', 'TITLE']
    const width = context.io.stdout.columns
    const text = (): string => (rows.length === 0 ? '' : presentTable(heading, rows, width))
    return { json: { schemaVersion: SCHEMA_VERSION, kind: 'trash-list', items }, text }
  })
