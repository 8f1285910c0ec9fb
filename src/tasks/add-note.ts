import { fold } from '../lens/fold.ts'
import type { NameIndex } from '../lens/name-index.ts'
import { stemOf } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import { DiptychError } from '../model/error.ts'
import type { EntityId } from '../model/id.ts'
import { slugify } from '../model/layout.ts'
import type { FieldValue } from '../model/value.ts'
import { appendToNote } from './append-note.ts'
import { assertTitle } from './assert-title.ts'
import { commitChange } from './commit-change.ts'
import { chooseSession, planEntity } from './create-entity.ts'
import { type Assignment, parseAssignments } from './parse-assignments.ts'
import type { Project } from './project.ts'
import { readEntity, type EntityView } from './read-entity.ts'
import { readNames } from './read-names.ts'
import { quoted, resolveReference } from './resolve-reference.ts'
import { yieldPath } from './yield-path.ts'

/** A note to be made. */
export interface NewNote {
  readonly title: string
  readonly text: string | null
  /** Null: the current one. */
  readonly session: string | null
  /** Other fields; a kind among them names the file. */
  readonly assignments?: readonly Assignment[]
  /** Put the text at the end of the note of this title where there is one. */
  readonly append: boolean
}

/** A note that was made, or whose text grew. */
export interface AddedNote extends EntityView {
  readonly made: boolean
}

/** Name of the file of a note whose title has nothing that can stand in one. */
const NAMELESS = 'note'

/**
 * Makes a note, whose file is named after its title, in a session.
 *
 * Throws `usage` for an empty title, and `already-exists` where the session has a note of this title
 * and nothing is to be appended.
 */
export async function addNote(project: Project, request: NewNote): Promise<AddedNote> {
  const { title, text, append } = request
  assertTitle('note', title)
  const before = await findNote(project, request)
  if (before !== null && !append) throw exists(before)
  if (before !== null) {
    const view = await appendToNote(project, { reference: before.id, text: text ?? '' })
    return { ...view, made: false }
  }
  const { result } = await commitChange(project, 'note add', async () => {
    const index = await readNames(project)
    const session = await chooseSession(project, index, sessionId(index, request.session))
    const titled = [{ field: 'title', raw: title }, ...(request.assignments ?? [])]
    const changes = new Map<string, FieldValue>([
      ['kind', freeKind(index, session.id, title)],
      ['body', text],
      ...parseAssignments(project, index, 'note', titled).changes,
    ])
    const note = await planEntity(project, index, 'note', session, changes)
    const made = session.creation
    return {
      expect: [...(made?.expect ?? []), ...note.expect],
      entities: [...(made?.entities ?? []), ...note.entities],
      documents: [...(made?.documents ?? []), ...note.documents],
      result: note.id,
    }
  })
  await yieldPath(project, result)
  return { ...(await readEntity(project, result)), made: true }
}

async function findNote(project: Project, request: NewNote): Promise<EntityName | null> {
  const index = await readNames(project)
  const wanted = sessionId(index, request.session)
  const session = await chooseSession(project, index, wanted)
  const title = fold(request.title)
  return notesOf(index, session.id).find((note) => fold(note.title) === title) ?? null
}

function sessionId(index: NameIndex, session: string | null): EntityId | null {
  return session === null ? null : resolveReference(index, session, ['session']).id
}

function notesOf(index: NameIndex, session: EntityId): readonly EntityName[] {
  return [...index.names.values()].filter(
    (name) => name.live && name.kind === 'note' && name.session === session,
  )
}

/** Name for a new note's file that no other note of its session has: two titles may make one slug. */
function freeKind(index: NameIndex, session: EntityId, title: string): string {
  const slug = slugify(title)
  const name = slug === '' ? NAMELESS : slug
  const taken = new Set(notesOf(index, session).map(({ path }) => stemOf(path ?? '').toLowerCase()))
  let kind = name
  for (let count = 2; taken.has(kind); count++) kind = `${name}-${count}`
  return kind
}

function exists({ id, title }: EntityName): DiptychError {
  return new DiptychError('already-exists', {
    what: `there is a note called \`${title}\` already: ${id}`,
    hint: `diptych note append ${quoted(title)} 'More text', or note add --append`,
  })
}
