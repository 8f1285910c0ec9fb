import { fold } from '../lens/fold.ts'
import type { NameIndex } from '../lens/name-index.ts'
import type { EntityId, EntityKind } from '../model/id.ts'

/** Warns of live entities of a kind, in `session` where that is given, that are called the same. */
export function warnOfNamesake(
  index: NameIndex,
  kind: EntityKind,
  title: string,
  session: EntityId | null,
): readonly string[] {
  const wanted = fold(title)
  const names = [...index.names.values()].filter(
    (name) =>
      name.live &&
      name.kind === kind &&
      (session === null || name.session === session) &&
      fold(name.title) === wanted,
  )
  return names.map(({ id }) => `there is a ${kind} called \`${title}\` already: ${id}`)
}
