import type { Entity } from '../../model/entity.ts'
import { readDetail } from '../../tasks/entity-detail.ts'
import { readNames } from '../../tasks/read-names.ts'
import { entityJson, SCHEMA_VERSION, type Json } from '../../tasks/entity-json.ts'
import { titleOf } from '../../model/title.ts'
import type { Project } from '../../tasks/project.ts'
import { rereadEntity, type EntityView } from '../../tasks/read-entity.ts'
import { whyNotInFile, whyStillThere } from '../../tasks/shown-in-file.ts'
import type { Answer, CommandContext } from '../context.ts'
import { presentEntity } from '../present/entity.ts'
import { printable } from '../present/printable.ts'

/** An answer that shows one entity in full. */
export async function showAnswer(
  context: CommandContext,
  project: Project,
  view: EntityView,
): Promise<Answer> {
  const { entity } = view
  const detail = await readDetail(project, entity)
  const { other, subtasks } = detail
  const json = answerJson(project, view, {
    ...(entity.kind === 'task' ? { subtasks } : {}),
    other,
  })
  const index = await readNames(project)
  const text = (): string => presentEntity(project, index, { ...view, ...detail }, context.paint)
  return { json, text, about: [entity.id] }
}

/**
 * What is told of a change: `done` in words, `more` lines for people, `also` more data for programs.
 * `fields` are those that the file must show by now; `removed`: there must be no file any more; `made`:
 * the entity is new, and its id is all that `--quiet` shows.
 */
export interface ChangeShape {
  readonly done: string
  readonly more?: string
  readonly also?: Json
  readonly fields?: readonly string[]
  readonly removed?: boolean
  readonly made?: boolean
}

/**
 * An answer to a change of one entity, as the entity is by now: all of it for programs, with
 * `written`, whether its file shows the change; for people what happened, to what, where it stands,
 * and why the file does not show it where that is so. Its warnings go to stderr.
 */
export async function changeAnswer(
  context: CommandContext,
  project: Project,
  changed: EntityView,
  shape: ChangeShape,
): Promise<Answer> {
  const { done, more = '', also = {}, made = false } = shape
  for (const warning of changed.warnings) context.warn(printable(warning))
  const view = changed.path === null ? changed : await rereadEntity(project, changed)
  const { entity, path } = view
  const name = titleOf(entity)
  const why = context.globals.sync ? await whyUnwritten(project, entity, shape) : null
  const written = context.globals.sync && why === null
  const place = why === null ? '' : context.paint.yellow(` does not show it yet: ${printable(why)}`)
  const file = path === null && why !== null ? 'its file' : (path ?? '')
  const where = file === '' ? '' : `  ${context.paint.dim(printable(file))}${place}\n`
  const text = (): string =>
    `${done} ${context.paint.bold(entity.id)} ${printable(name)}\n${where}${more}`
  return {
    json: answerJson(project, view, { written, ...also }),
    text,
    quiet: () => (made ? `${entity.id}\n` : ''),
    about: [entity.id],
  }
}

/**
 * An answer to a change of several entities, one after the other; for programs `items` with what
 * {@link changeAnswer} says of each. Of one entity it is that answer itself.
 */
export async function changeAnswers<Changed extends EntityView>(
  context: CommandContext,
  project: Project,
  changed: readonly Changed[],
  shapeOf: (each: Changed) => ChangeShape,
): Promise<Answer> {
  const answers: Answer[] = []
  for (const each of changed) {
    answers.push(await changeAnswer(context, project, each, shapeOf(each)))
  }
  const [first, ...others] = answers
  if (first !== undefined && others.length === 0) return first
  const items = answers.map(({ json: { schemaVersion: _same, ...item } }) => item)
  return {
    json: { schemaVersion: SCHEMA_VERSION, kind: 'changes', items },
    text: () => answers.map(({ text }) => text()).join(''),
    quiet: () => '',
    about: answers.flatMap(({ about = [] }) => about),
  }
}

async function whyUnwritten(
  project: Project,
  entity: Entity,
  { fields = [], removed = false }: ChangeShape,
): Promise<string | null> {
  if (removed) return await whyStillThere(project, entity.id)
  return await whyNotInFile(project, entity, fields)
}

function answerJson(project: Project, view: EntityView, also: Json): Answer['json'] {
  const { kind } = view.entity
  return { schemaVersion: SCHEMA_VERSION, kind, ...entityJson(project, view), ...also }
}
