import type { NameIndex } from '../lens/name-index.ts'
import type { EntityName } from '../model/entity.ts'
import { DiptychError } from '../model/error.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import type { Project } from '../tasks/project.ts'
import { readNames } from '../tasks/read-names.ts'
import { findEntity, resolveReference, stateOf } from '../tasks/resolve-reference.ts'
import { askFiltered, canAsk } from './ask.ts'
import type { CommandContext } from './context.ts'

/** Which entities a command is for, and what it does with the one that is chosen. */
export interface ChoiceOf {
  readonly kinds: readonly EntityKind[]
  /** As it is typed: `task done`. */
  readonly command: string
  /** Only those in one of these statuses are offered; absent: all that are not archived. */
  readonly statuses?: readonly string[]
}

/**
 * The reference that a command works with: as it was typed, or on a terminal the one that is chosen
 * where none was typed or several answer to it. Throws `usage` where none was typed and nobody can be
 * asked, and `not-found` where there is nothing to choose from.
 */
export async function chooseReference(
  context: CommandContext,
  project: Project,
  reference: string | undefined,
  choice: ChoiceOf,
): Promise<string> {
  if (reference === undefined && !canAsk(context)) throw missing(choice)
  if (!canAsk(context)) return reference ?? ''
  const index = await readNames(project)
  if (reference === undefined) {
    const names = [...index.names.values()].filter((name) => isOffered(name, choice))
    if (names.length === 0) throw nothing(choice)
    return await askFiltered(
      `Which ${nounOf(choice)}?`,
      names.map((name) => offered(index, name)),
    )
  }
  const found = findEntity(index, reference, choice.kinds)
  if (found.kind !== 'many') return reference
  const many = `\`${reference}\` stands for ${found.names.length}. Which one?`
  return await askFiltered(
    many,
    found.names.map((name) => offered(index, name)),
  )
}

/**
 * Ids of what a command that takes several works with, each once: every one is found before any is
 * given. None typed is as with {@link chooseReference}.
 */
export async function chooseReferences(
  context: CommandContext,
  project: Project,
  references: readonly string[],
  choice: ChoiceOf,
): Promise<readonly EntityId[]> {
  const typed = references.length === 0 ? [undefined] : references
  const ids = new Set<EntityId>()
  for (const reference of typed) {
    const chosen = await chooseReference(context, project, reference, choice)
    ids.add(resolveReference(await readNames(project), chosen, choice.kinds).id)
  }
  return [...ids]
}

function isOffered(name: EntityName, { kinds, statuses }: ChoiceOf): boolean {
  if (!name.live || name.archived || !kinds.includes(name.kind)) return false
  return statuses?.includes(name.status) ?? true
}

function offered(
  index: NameIndex,
  name: EntityName,
): {
  readonly value: string
  readonly label: string
  readonly hint: string
} {
  const { id, title } = name
  return { value: id, label: title, hint: `${stateOf(index, name)}, ${id}` }
}

function nounOf({ kinds: [kind, ...more] }: ChoiceOf): string {
  return kind === undefined || more.length > 0 ? 'entity' : kind
}

function missing(choice: ChoiceOf): DiptychError {
  const noun = nounOf(choice)
  const { command } = choice
  return new DiptychError('usage', {
    what: `${command} needs a ${noun}`,
    valid: [
      `its id, the beginning of it, its file name or a piece of its ${noun === 'session' ? 'name' : 'title'}`,
    ],
    hint: noun === 'note' ? 'diptych note list' : `diptych ${noun} list`,
  })
}

function nothing(choice: ChoiceOf): DiptychError {
  const noun = nounOf(choice)
  const such = choice.statuses === undefined ? '' : ' in a status that fits'
  return new DiptychError('not-found', {
    what: `there is no ${noun}${such}`,
    hint: noun === 'task' ? "diptych task add 'First task'" : `diptych ${noun} list`,
  })
}
