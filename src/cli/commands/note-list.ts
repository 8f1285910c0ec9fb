import { textOf } from '../../model/field.ts'
import { entityJson, SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { listEntities } from '../../tasks/list-entities.ts'
import type { Command } from '../context.ts'
import { presentTable } from '../present/table.ts'
import { withProject } from '../with-project.ts'
import { readInteger } from './field-options.ts'

const PAGE = 50

/** Arguments of `note list`. */
export interface NoteListInput {
  readonly session?: string
  readonly text?: string
  readonly archived?: boolean
  readonly sort?: string
  readonly limit?: string
  readonly cursor?: string
}

/** `note list`: a page of notes, with the names of their files. */
export const listNotes: Command<NoteListInput> = (context, input) =>
  withProject(context, async (project) => {
    const limit = readInteger('--limit', input.limit) ?? PAGE
    const list = await listEntities(project, { ...input, kind: 'note', limit })
    const { items, total, nextCursor } = list
    if (nextCursor !== null && !context.globals.json) {
      context.note(`${total - items.length} more; the next page: --cursor ${nextCursor}`)
    }
    if (items.length === 0) context.note('no notes')
    const rows = items.map(({ entity }) => {
      const at = (name: string): string => textOf(project.catalogue.note, entity.fields, name)
      return [entity.id, `${at('kind')}.md`, at('created'), at('title')]
    })
    const json = {
      schemaVersion: SCHEMA_VERSION,
      kind: 'note-list',
      items: items.map((view) => entityJson(project, view)),
      total,
      nextCursor,
    }
    const heading = ['ID', 'FILE', 'CREATED', 'TITLE']
    const width = context.io.stdout.columns
    return { json, text: () => (rows.length === 0 ? '' : presentTable(heading, rows, width)) }
  })
