import { readNames } from '../../tasks/read-names.ts'
import { entityJson, SCHEMA_VERSION, type Json } from '../../tasks/entity-json.ts'
import { titleOf } from '../../tasks/entity-title.ts'
import type { Project } from '../../tasks/project.ts'
import { rereadEntity, type EntityView } from '../../tasks/read-entity.ts'
import type { Answer, CommandContext } from '../context.ts'
import { presentEntity } from '../present/entity.ts'
import { printable } from '../present/printable.ts'

/** An answer that shows one entity in full. */
export async function showAnswer(
  context: CommandContext,
  project: Project,
  view: EntityView,
): Promise<Answer> {
  const json = answerJson(project, view, {})
  if (context.globals.json) return { json, text: () => '' }
  const index = await readNames(project)
  return { json, text: () => presentEntity(project, index, view, context.paint) }
}

/** What is told of a change: `done` in words, `more` lines for people, `also` more data for programs. */
export interface ChangeShape {
  readonly done: string
  readonly more?: string
  readonly also?: Json
}

/**
 * An answer to a change of one entity, as the entity is by now: all of it for programs; for people
 * what happened, to what, and where it stands. Its warnings go to stderr.
 */
export async function changeAnswer(
  context: CommandContext,
  project: Project,
  changed: EntityView,
  { done, more = '', also = {} }: ChangeShape,
): Promise<Answer> {
  for (const warning of changed.warnings) context.warn(printable(warning))
  const view = changed.path === null ? changed : await rereadEntity(project, changed)
  const { entity, path } = view
  const name = titleOf(entity)
  const place = path === null ? '' : `  ${context.paint.dim(printable(path))}\n`
  const text = (): string =>
    `${done} ${context.paint.bold(entity.id)} ${printable(name)}\n${place}${more}`
  return { json: answerJson(project, view, also), text }
}

function answerJson(project: Project, view: EntityView, also: Json): Answer['json'] {
  const { kind } = view.entity
  return { schemaVersion: SCHEMA_VERSION, kind, ...entityJson(project, view), ...also }
}
