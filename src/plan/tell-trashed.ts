import type { FileDiagnostic } from '../model/diagnostic.ts'
import type { DocumentKey } from '../model/document.ts'
import { type EntityId, parseEntityId } from '../model/id.ts'
import type { NameIndex } from '../lens/name-index.ts'
import type { Action } from './action.ts'
import { fileNote } from './plan-notes.ts'
import type { DocumentState } from './state.ts'

/** Most entities that one message names. */
const NAMED = 5

/** Lets the first of the actions that trash entities with their files say which, and the way back. */
export function tellTrashed(
  index: NameIndex,
  documents: readonly DocumentState[],
  actions: readonly Action[],
): readonly Action[] {
  const trashed = actions.filter(({ kind }) => kind === 'trash')
  if (trashed.length === 0) return actions
  const git = new Set(documents.filter((state) => state.removedByGit).map(({ key }) => key))
  const [byGit, byHand] = [true, false].map((was) =>
    trashed.filter(({ key, diagnostics }) => git.has(key) === was && diagnostics.length === 0),
  )
  return adding(adding(actions, byHand, deletedNote(index, byHand)), byGit, gitNote(byGit))
}

/** Says once, instead of for each, that files of trashed entities came back. */
export function tellReturned(actions: readonly Action[]): readonly Action[] {
  const back = actions.filter(({ kind }) => kind === 'restore')
  const [first] = back
  if (first === undefined || back.length === 1) return actions
  const note = fileNote(
    first.path,
    'tombstone',
    'note',
    `${back.length} files came back, so what they show is out of the trash`,
    'delete the files once more if they should not be',
  )
  const quiet = actions.map((action) =>
    action.kind === 'restore' ? { ...action, diagnostics: [] } : action,
  )
  return quiet.map((action) =>
    action.key === first.key ? { ...action, diagnostics: [note] } : action,
  )
}

type Note = (path: FileDiagnostic['path']) => FileDiagnostic

function adding(
  actions: readonly Action[],
  told: readonly Action[] = [],
  note: Note,
): readonly Action[] {
  const key: DocumentKey | undefined = told[0]?.key
  if (key === undefined) return actions
  return actions.map((action) =>
    action.key === key
      ? { ...action, diagnostics: [...action.diagnostics, note(action.path)] }
      : action,
  )
}

function deletedNote(index: NameIndex, trashed: readonly Action[] = []): Note {
  const names = trashed.slice(0, NAMED).flatMap(({ key }) => {
    const id = parseEntityId(key)
    return id === null ? [] : [named(index, id)]
  })
  const rest = trashed.length > names.length ? ` and ${trashed.length - names.length} more` : ''
  const [one] = trashed
  const message =
    trashed.length === 1
      ? `${names[0]} is in the trash, as its file is gone`
      : `${trashed.length} are in the trash, as their files are gone: ${names.join(', ')}${rest}`
  const hint =
    trashed.length === 1
      ? `\`diptych restore ${one?.key}\` brings it back`
      : '`diptych restore ID` brings one back, `diptych trash` lists them'
  return (path) => fileNote(path, 'tombstone', 'note', message, hint)
}

function named(index: NameIndex, id: EntityId): string {
  const title = index.names.get(id)?.title ?? ''
  return title === '' ? id : `${id} “${title}”`
}

function gitNote(trashed: readonly Action[] = []): Note {
  const count = trashed.length
  const message =
    count === 1
      ? 'git went to a commit without this file; what it shows is in the trash'
      : `git went to a commit without ${count} files; what they show is in the trash`
  const hint = 'a commit that has them brings them back; `diptych trash` lists them'
  return (path) =>
    fileNote(path, 'tombstone', 'note', message, count === 1 ? hint.replaceAll('them', 'it') : hint)
}
