import { DiptychError } from '../model/error.ts'
import type { FieldValue } from '../model/value.ts'
import { changeFields } from './change-fields.ts'
import { commitChange } from './commit-change.ts'
import type { Project } from './project.ts'
import { readEntity, type EntityView } from './read-entity.ts'
import { readNames } from './read-names.ts'
import { resolveReference } from './resolve-reference.ts'

/** Text for the end of a note. */
export interface Appending {
  readonly reference: string
  readonly text: string
}

const ITEM = /^(?: {0,3})(?:[-*+]|\d{1,9}[.)])\s/

/**
 * Puts text at the end of a note and leaves what is there as it is: after a blank line, but an item
 * right behind the items of a list.
 *
 * Throws `usage` for text without a word, and what references throw.
 */
export async function appendToNote(project: Project, appending: Appending): Promise<EntityView> {
  const text = appending.text.replaceAll(/^(?:[ \t]*\n)+|\s+$/g, '')
  if (text === '') throw noText(appending.reference)
  const { result } = await commitChange(project, 'note append', async () => {
    const index = await readNames(project)
    const { id } = resolveReference(index, appending.reference, ['note'])
    const { entity } = await readEntity(project, id)
    const body = entity.fields.get('body')
    const changes = new Map<string, FieldValue>([
      ['body', typeof body === 'string' && body !== '' ? joined(body, text) : text],
    ])
    const own = { id, kind: 'note' as const, before: entity.fields }
    const { fields } = await changeFields(project, own, changes)
    return {
      expect: [{ id, revision: entity.revision }],
      entities: [{ kind: 'update' as const, id, fields }],
      documents: [],
      result: id,
    }
  })
  return readEntity(project, result)
}

function joined(body: string, text: string): string {
  const last = body.trimEnd().split('\n').at(-1) ?? ''
  const isList = ITEM.test(last) && ITEM.test(text)
  return `${body}${isList ? '\n' : '\n\n'}${text}`
}

function noText(reference: string): DiptychError {
  return new DiptychError('usage', {
    what: 'there is no text to be put into the note',
    hint: `diptych note append ${reference} 'Some text', or - to read it from the input`,
  })
}
