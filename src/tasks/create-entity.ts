import type { NameIndex } from '../lens/name-index.ts'
import { entityDocument, type DocumentPath } from '../model/document.ts'
import { DiptychError } from '../model/error.ts'
import { ID_BYTES, mintEntityId, type EntityId, type EntityKind } from '../model/id.ts'
import type { FieldValue, Fields } from '../model/value.ts'
import type { DocumentWrite, EntityWrite } from '../model/write.ts'
import { changeFields } from './change-fields.ts'
import { currentSession, MAIN_SESSION, MAIN_SESSION_ID } from './current-session.ts'
import { sessionFolderOf } from '../plan/session-folder.ts'
import { newPath, newSessionFolder, placementOf } from './place-document.ts'
import type { Project } from './project.ts'

/** Everything that one new entity writes. */
export interface Creation {
  readonly id: EntityId
  readonly fields: Fields
  readonly path: DocumentPath
  readonly entities: readonly EntityWrite[]
  readonly documents: readonly DocumentWrite[]
  /** Entities that must not exist yet, or still be as they were read. */
  readonly expect: readonly { readonly id: EntityId; readonly revision: number }[]
}

/** The session that a new entity goes to, with what has to be written when it is new itself. */
export interface SessionChoice {
  readonly id: EntityId
  readonly folder: string
  readonly creation: Creation | null
}

/** An id that no entity has or had. */
export function freshId(project: Project, index: NameIndex, kind: EntityKind): EntityId {
  for (;;) {
    const id = mintEntityId(kind, project.ids.bytes(ID_BYTES))
    if (!index.names.has(id)) return id
  }
}

/** Plans a new session; its folder is named after it. `wanted` is its id unless that is taken. */
export async function planSession(
  project: Project,
  index: NameIndex,
  changes: ReadonlyMap<string, FieldValue>,
  wanted: EntityId | null = null,
): Promise<Creation> {
  const isFree = wanted !== null && !index.names.has(wanted)
  const id = isFree ? wanted : freshId(project, index, 'session')
  const name = changes.get('name')
  const folder = newSessionFolder(index, id, typeof name === 'string' ? name : '')
  return plan(project, index, { id, kind: 'session', folder }, changes)
}

/**
 * The session for a new entity: `wanted`, else the current one, else a new one called `Main`, which
 * is made in the same commit and without a word.
 */
export async function chooseSession(
  project: Project,
  index: NameIndex,
  wanted: EntityId | null,
): Promise<SessionChoice> {
  const id = wanted ?? (await currentSession(project, index))?.id ?? null
  if (id === null) {
    const active = new Map<string, FieldValue>([
      ['name', MAIN_SESSION],
      ['status', 'active'],
    ])
    const creation = await planSession(project, index, active, MAIN_SESSION_ID)
    return { id: creation.id, folder: creation.path.split('/')[1] ?? '', creation }
  }
  const folder = sessionFolderOf(index, id)
  if (folder !== null) return { id, folder, creation: null }
  throw new DiptychError('internal', {
    what: `session ${id} has no document`,
    hint: 'diptych sync',
  })
}

/** Plans a new entity of a session. */
export async function planEntity(
  project: Project,
  index: NameIndex,
  kind: 'group' | 'task' | 'note',
  session: SessionChoice,
  changes: ReadonlyMap<string, FieldValue>,
): Promise<Creation> {
  const id = freshId(project, index, kind)
  const own = new Map(changes).set('session', session.id)
  return plan(project, index, { id, kind, folder: session.folder }, own)
}

async function plan(
  project: Project,
  index: NameIndex,
  entity: { readonly id: EntityId; readonly kind: EntityKind; readonly folder: string },
  changes: ReadonlyMap<string, FieldValue>,
): Promise<Creation> {
  const { id, kind, folder } = entity
  const born = new Map([['created', project.clock.today()], ...changes])
  const { fields, expect } = await changeFields(project, { id, kind, before: null }, born)
  const path = newPath(project.config, index, placementOf(id, kind, fields, folder))
  return {
    id,
    fields,
    path,
    entities: [{ kind: 'create', id, entity: kind, fields }],
    documents: [{ key: entityDocument(id), path }],
    expect: [{ id, revision: 0 }, ...expect],
  }
}
