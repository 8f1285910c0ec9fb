import type { DocumentPath } from '../model/document.ts'
import type { Config } from '../model/config.ts'
import { stemOf } from '../model/document.ts'
import { fieldOf, textOf } from '../model/field.ts'
import { SESSIONS_FOLDER, defaultPath, freePath, slugify, statusFolder } from '../model/layout.ts'
import { type Fields, sameValue } from '../model/value.ts'
import { sessionFolderOf } from './session-folder.ts'
import type { DocumentState, PlanContext } from './state.ts'

const STATUS_FOLDERS: ReadonlySet<string> = new Set(['planned', 'active', 'completed'])

/**
 * Where an entity's file belongs now that its fields are `next`.
 *
 * A task's file follows its title while its name is the default one and git does not track it yet,
 * but never a title that was changed in the file itself: nobody's open file is renamed for what they
 * typed in it. In the by-status layout it follows its status. Out of a folder below `groups/`, which
 * says its group, it goes back to the tasks. A task's, group's or note's file follows its session, and a
 * note's its kind, because the place of the file is all that says these.
 */
export function targetPath(
  context: PlanContext,
  state: DocumentState,
  current: DocumentPath,
  inFile: Fields,
  next: Fields,
): DocumentPath {
  const { kind } = state
  if (kind === 'session') return current
  const parts = current.split('/')
  const session = textOf(context.catalogue[kind], next, 'session')
  const folder = sessionFolderOf(context.index, session)
  if (folder !== null && parts[0] === SESSIONS_FOLDER) parts[1] = folder
  if (kind === 'task') {
    if (parts[2] === 'groups') parts.splice(2, parts.length - 3, 'tasks')
    if (context.relaid) relay(context.config.layout, parts)
    const place = parts.at(-2) ?? ''
    if (context.config.layout === 'by-status' && STATUS_FOLDERS.has(place)) {
      parts[parts.length - 2] = statusFolder(textOf(context.catalogue.task, next, 'status'))
    }
  }
  const name =
    kind === 'note'
      ? noteName(context, state, inFile, next)
      : kind === 'task'
        ? followedName(context, state, current, inFile, next)
        : null
  if (name !== null) parts[parts.length - 1] = name
  const target = parts.join('/') as DocumentPath
  if (target === current) return current
  return freePath(target, state.id, (path) => {
    const owner = context.index.at(path)
    return owner !== null && owner !== state.id
  })
}

/** Puts a file of `tasks/` below a folder of statuses, or out of it; other folders are someone's own. */
function relay(layout: Config['layout'], parts: string[]): void {
  if (parts[2] !== 'tasks') return
  const inStatus = parts.length === 5 && STATUS_FOLDERS.has(parts[3] ?? '')
  if (layout === 'flat' && inStatus) parts.splice(3, 1)
  if (layout === 'by-status' && parts.length === 4) parts.splice(3, 0, 'planned')
}

/** Name of a note's file where the database gave it another kind: its kind stands nowhere else. */
function noteName(
  { catalogue }: PlanContext,
  { agreed }: DocumentState,
  inFile: Fields,
  next: Fields,
): string | null {
  if (agreed === null) return null
  const [before, named, kind] = [agreed.fields, inFile, next].map((fields) =>
    textOf(catalogue.note, fields, 'kind'),
  )
  if (named !== before || kind === before || kind === undefined) return null
  return slugify(kind) === '' ? null : `${slugify(kind)}.md`
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
