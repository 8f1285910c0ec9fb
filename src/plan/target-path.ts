import type { DocumentPath } from '../model/document.ts'
import { stemOf } from '../model/document.ts'
import { fieldOf, textOf } from '../model/field.ts'
import { SESSIONS_FOLDER, defaultPath, freePath, statusFolder } from '../model/layout.ts'
import { type Fields, sameValue } from '../model/value.ts'
import { sessionFolderOf } from './session-folder.ts'
import type { DocumentState, PlanContext } from './state.ts'

const STATUS_FOLDERS: ReadonlySet<string> = new Set(['planned', 'active', 'completed'])

/**
 * Where an entity's file belongs now that its fields are `next`.
 *
 * A task's file follows its title while its name is the default one and git does not track it yet,
 * but never a title that was changed in the file itself: nobody's open file is renamed for what they
 * typed in it. In the by-status layout it follows its status, and in any layout its session. Out of a
 * folder below `groups/`, which says its group, it goes back to the tasks.
 */
export function targetPath(
  context: PlanContext,
  state: DocumentState,
  current: DocumentPath,
  inFile: Fields,
  next: Fields,
): DocumentPath {
  if (state.kind !== 'task') return current
  const parts = current.split('/')
  const session = textOf(context.catalogue.task, next, 'session')
  const folder = sessionFolderOf(context.index, session)
  if (folder !== null && parts[0] === SESSIONS_FOLDER) parts[1] = folder
  if (parts[2] === 'groups') parts.splice(2, parts.length - 3, 'tasks')
  const place = parts.at(-2) ?? ''
  if (context.config.layout === 'by-status' && STATUS_FOLDERS.has(place)) {
    parts[parts.length - 2] = statusFolder(textOf(context.catalogue.task, next, 'status'))
  }
  const name = followedName(context, state, current, inFile, next)
  if (name !== null) parts[parts.length - 1] = name
  const target = parts.join('/') as DocumentPath
  if (target === current) return current
  return freePath(target, state.id, (path) => {
    const owner = context.index.at(path)
    return owner !== null && owner !== state.id
  })
}

function followedName(
  context: PlanContext,
  { agreed, tracked, id }: DocumentState,
  current: DocumentPath,
  inFile: Fields,
  next: Fields,
): string | null {
  if (agreed === null || tracked) return null
  const catalogue = context.catalogue.task
  const before = fieldOf(catalogue, agreed.fields, 'title')
  const typed = !sameValue(fieldOf(catalogue, inFile, 'title'), before)
  if (typed || sameValue(fieldOf(catalogue, next, 'title'), before)) return null
  const nameOf = (fields: Fields): string =>
    stemOf(
      defaultPath(context.config, {
        id,
        kind: 'task',
        title: textOf(catalogue, fields, 'title'),
        status: 'pending',
        sessionFolder: '',
      }),
    )
  return stemOf(current) === nameOf(agreed.fields) ? `${nameOf(next)}.md` : null
}
