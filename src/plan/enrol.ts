import type { DocumentPath } from '../model/document.ts'
import { stemOf } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import { type EntityId, type EntityKind, idOfStem } from '../model/id.ts'
import { SESSIONS_FOLDER, readPath } from '../model/layout.ts'
import type { NameIndex } from '../lens/name-index.ts'
import type { Match } from './identify.ts'
import type { FileText } from './state.ts'

/** A file that becomes an entity, with the id it will have. */
export interface NewFile {
  readonly id: EntityId
  readonly kind: EntityKind
  readonly file: FileText
  /** True when the id is not in the file yet. */
  readonly needsId: boolean
  /** Entity of which it is a copy. */
  readonly copyOf: EntityId | null
  /** Copies that were put into this file's session together with it, by what they are copies of. */
  readonly copies: ReadonlyMap<EntityId, EntityId>
}

/** A session that must exist because files stand in its folder. */
export interface NewSession {
  readonly id: EntityId
  readonly path: DocumentPath
  readonly name: string
}

/** A board that a person typed or edited. */
export interface TypedBoard {
  readonly path: DocumentPath
  /** Name of the session as the board gives it. */
  readonly name: () => string | null
}

/** What files make new: entities and sessions, and their names, by which others may already refer to them. */
export interface Enrolment {
  readonly files: readonly NewFile[]
  readonly sessions: readonly NewSession[]
  /** Sessions that leave the trash because documents appeared in their folders. */
  readonly revived: readonly EntityName[]
  /** Names of all these as they will be. */
  readonly names: readonly EntityName[]
}

/** What was found in the folder, and the names that were known before. */
export interface FoundFiles {
  readonly matches: readonly Match[]
  readonly boards: readonly TypedBoard[]
  readonly index: NameIndex
}

/** Gives every new file its id and every session folder its session, before anything is read closely. */
export function enrolFiles(found: FoundFiles, mint: (kind: EntityKind) => EntityId): Enrolment {
  const files: Omit<NewFile, 'copies'>[] = []
  for (const match of found.matches) {
    if (match.kind !== 'new' && match.kind !== 'copy') continue
    const { file, entity: kind } = match
    const own = match.kind === 'new' ? match.id : null
    const copyOf = match.kind === 'copy' ? match.of : null
    files.push({ id: own ?? mint(kind), kind, file, needsId: own === null, copyOf })
  }
  const copies = copiesByFolder(files, found.index)
  const { sessions, revived } = sessionsFor(found, mint)
  const names = [
    ...revived.map((name) => ({ ...name, live: true })),
    ...sessions.map(({ id, path, name }) => nameOf(id, 'session', path, name)),
    ...files.map(({ id, kind, file }) => nameOf(id, kind, file.path, guessTitle(file))),
  ]
  const withCopies = files.map((file) => ({
    ...file,
    copies: copies.get(readPath(file.file.path)?.sessionFolder ?? '') ?? NO_COPIES,
  }))
  return { files: withCopies, sessions, revived, names }
}

const NO_COPIES: ReadonlyMap<EntityId, EntityId> = new Map()

/** Copies from other sessions by the folder of the session that they were put into. */
function copiesByFolder(
  files: readonly Omit<NewFile, 'copies'>[],
  index: NameIndex,
): ReadonlyMap<string, ReadonlyMap<EntityId, EntityId>> {
  const found = new Map<string, Map<EntityId, EntityId>>()
  for (const { id, copyOf, file } of files) {
    const folder = readPath(file.path)?.sessionFolder
    const home = copyOf === null ? undefined : index.names.get(copyOf)?.path?.split('/')[1]
    if (copyOf === null || folder === undefined || folder === home) continue
    const copies = found.get(folder) ?? new Map<EntityId, EntityId>()
    found.set(folder, copies.set(copyOf, id))
  }
  return found
}

/**
 * The sessions of folders in which files appeared and that have none: the one in the trash that had
 * the folder, else a new one.
 */
function sessionsFor(
  { matches, boards, index }: FoundFiles,
  mint: (kind: EntityKind) => EntityId,
): Pick<Enrolment, 'sessions' | 'revived'> {
  const appeared = matches.filter((match) => {
    if (match.kind === 'stale') return false
    return match.kind !== 'known' || isMoved(index, match)
  })
  const brought = new Set(matches.map(({ file }) => file.path))
  const sessions = new Map<string, NewSession>()
  const revived = new Map<string, EntityName>()
  const places = [...boards, ...appeared.map(({ file: { path } }) => ({ path, name: () => null }))]
  for (const { path: place, name } of places) {
    const folder = readPath(place)?.sessionFolder
    if (folder === undefined || sessions.has(folder) || revived.has(folder)) continue
    const path = `${SESSIONS_FOLDER}/${folder}/session.md` as DocumentPath
    if (brought.has(path) || index.at(path) !== null) continue
    const trashed = trashedAt(index, path)
    if (trashed !== null) revived.set(folder, trashed)
    else sessions.set(folder, { id: mint('session'), path, name: name() || titleOfStem(folder) })
  }
  return { sessions: [...sessions.values()], revived: [...revived.values()] }
}

/** Whether a known document was moved into the folder of another session, or of one to be. */
function isMoved(
  { names }: NameIndex,
  { id, file }: { readonly id: EntityId; readonly file: FileText },
): boolean {
  const before = names.get(id)?.path ?? null
  if (before === null) return false
  return before.split('/')[1] !== readPath(file.path)?.sessionFolder
}

/** The session in the trash whose document was at `path`, the youngest of several. */
function trashedAt(index: NameIndex, path: DocumentPath): EntityName | null {
  let found: EntityName | null = null
  for (const name of index.names.values()) {
    if (name.kind !== 'session' || name.live || name.path !== path) continue
    if (found === null || name.ordinal > found.ordinal) found = name
  }
  return found
}

function nameOf(id: EntityId, kind: EntityKind, path: DocumentPath, title: string): EntityName {
  return {
    id,
    kind,
    title,
    path,
    status: '',
    archived: false,
    position: null,
    ordinal: 0,
    session: null,
    group: null,
    parent: null,
    formerPaths: [],
    live: true,
  }
}

const TITLE_LINE = /^#[ \t]+(.*?)[ \t]*#*[ \t]*$/m

/** The title that a text most likely has, good enough to be referred to before the text is parsed. */
export function guessTitle({ path, text }: FileText): string {
  return TITLE_LINE.exec(text)?.[1] ?? titleOfStem(stemOf(path))
}

/** A day keeps its dashes. */
const DAY_OR_GAP = /(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)|[-_\s]+/g

/** A title made of a file's stem: `t-7k2m9xqd-fix-login` and `fix_login` give `Fix login`. */
export function titleOfStem(stem: string): string {
  const id = idOfStem(stem)
  const words = (id === null ? stem : stem.slice(id.length))
    .replaceAll(DAY_OR_GAP, (_gap, day: string | undefined) => day ?? ' ')
    .trim()
  const text = words === '' ? stem : words
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
