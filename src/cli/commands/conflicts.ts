import type { Conflict } from '../../model/conflict.ts'
import type { FieldValue } from '../../model/value.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import type { Command } from '../context.ts'
import type { Paint } from '../present/paint.ts'
import { printable } from '../present/printable.ts'
import { valueWords } from '../present/value-words.ts'
import { withProject } from '../with-project.ts'
import { readNames } from '../../tasks/read-names.ts'

/** `conflicts`: what was changed differently on both sides and waits for a decision. */
export const listConflicts: Command<object> = (context) =>
  withProject(context, async (project) => {
    const conflicts = await project.store.conflicts()
    const index = await readNames(project)
    const items = conflicts.map(({ id, entity, field, kind, agreed, folder, database }) => {
      return { id, entity, field, places: kind === 'places', agreed, folder, database }
    })
    const json = { schemaVersion: SCHEMA_VERSION, kind: 'conflict-list', items }
    const text = (): string =>
      conflicts
        .map((conflict) =>
          present(conflict, index.names.get(conflict.entity)?.title, context.paint),
        )
        .join('\n')
    if (conflicts.length === 0) context.note('no open conflicts')
    return { json, text }
  })

function present(conflict: Conflict, title: string | undefined, paint: Paint): string {
  const { id, entity, field, agreed, folder, database } = conflict
  const side = (name: string, value: FieldValue): string =>
    `  ${paint.dim(name.padEnd(10))}${printable(valueWords(value), 'lines').replaceAll('\n', `\n${' '.repeat(12)}`)}\n`
  const head = `${paint.bold(id)} ${printable(field)} of ${entity} ${printable(title ?? '')}\n`
  const sides = side('agreed:', agreed) + side('folder:', folder) + side('database:', database)
  return `${head}${sides}  settle it by making both equal: edit the file, or diptych task edit ${entity} --set ${printable(field)}=…\n`
}
