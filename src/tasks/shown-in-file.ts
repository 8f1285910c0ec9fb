import { parseDocument } from '../lens/parse.ts'
import { entityDocument } from '../model/document.ts'
import type { Entity } from '../model/entity.ts'
import { fieldOf } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { sameValue, type FieldValue } from '../model/value.ts'
import type { Project } from './project.ts'
import { readNames } from './read-names.ts'

/**
 * Why an entity's file, as both sides last agreed on it, does not show the database's values of
 * `fields`; null where it does. Right after a synchronization that is what stands on the disk.
 */
export async function whyNotInFile(
  project: Project,
  entity: Entity,
  fields: readonly string[],
): Promise<string | null> {
  const { catalogue, templates, config } = project
  const { id, kind } = entity
  const [agreed] = await project.base.agreed([entityDocument(id)])
  if (agreed === undefined) return await whyWaiting(project, id)
  const specs = catalogue[kind]
  const shown = fields.filter((name) => (specs.get(name)?.home ?? 'document') === 'document')
  if (shown.length === 0) return null
  const { path, text } = agreed
  const references = (await readNames(project)).from(path)
  const context = { catalogue, references, path, hoursPerDay: config.hoursPerDay }
  const reading = parseDocument((await templates())[kind], text, null, context)
  const differs = (name: string): boolean => {
    const found = reading.fields.get(name)
    if (found !== undefined && found.kind !== 'value') return true
    const value: FieldValue = found?.value ?? specs.get(name)?.default ?? null
    return !sameValue(value, fieldOf(specs, entity.fields, name))
  }
  return shown.some(differs) ? await whyWaiting(project, id) : null
}

/** Why the file of an entity that was removed is still there; null where it is gone. */
export async function whyStillThere(project: Project, id: EntityId): Promise<string | null> {
  const known = await project.base.agreed([entityDocument(id)])
  return known.length === 0 ? null : await whyWaiting(project, id)
}

async function whyWaiting(project: Project, id: EntityId): Promise<string> {
  const { paused, waiting } = await project.engine.health()
  if (paused !== null) return paused
  const own = waiting.find(({ key }) => key === entityDocument(id))
  const grave = own?.diagnostics.find(({ severity }) => severity !== 'note')
  return grave?.message ?? 'it could not be written; `diptych sync` tries again'
}
