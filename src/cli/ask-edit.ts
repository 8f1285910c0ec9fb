import type { EntityKind } from '../model/id.ts'
import type { Assignment } from '../tasks/parse-assignments.ts'
import type { Project } from '../tasks/project.ts'
import { askFiltered, askText } from './ask.ts'

/** Asks which field of an entity is to be changed, and to what. */
export async function askAssignment(project: Project, kind: EntityKind): Promise<Assignment> {
  const fields = [...project.catalogue[kind].values()].filter(
    ({ type }) => type.kind !== 'comments',
  )
  const choices = fields.map(({ name, about }) => ({ value: name, label: name, hint: about }))
  const field = await askFiltered('Which field?', choices)
  const { type } = fields.find(({ name }) => name === field) ?? { type: null }
  if (type?.kind === 'enum') {
    const values = type.values.map(({ key, label }) => ({ value: key, label }))
    return { field, raw: await askFiltered(`What is its ${field} now?`, values) }
  }
  return { field, raw: await askText(`What is its ${field} now?`, {}) }
}
