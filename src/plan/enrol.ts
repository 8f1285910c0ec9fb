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
}

/** A session that must exist because files stand in its folder. */
export interface NewSession {
  readonly id: EntityId
  readonly path: DocumentPath
  readonly name: string
}

/** What files make new: entities and sessions, and their names, by which others may already refer to them. */
export interface Enrolment {
  readonly files: readonly NewFile[]
  readonly sessions: readonly NewSession[]
  readonly names: readonly EntityName[]
}

/** Gives every new file its id and every session folder its session, before anything is read closely. */
export function enrolFiles(
  matches: readonly Match[],
  index: NameIndex,
  mint: (kind: EntityKind) => EntityId,
): Enrolment {
  const files: NewFile[] = []
  for (const match of matches) {
    if (match.kind !== 'new' && match.kind !== 'copy') continue
    const { file, entity: kind } = match
    const own = match.kind === 'new' ? match.id : null
    const copyOf = match.kind === 'copy' ? match.of : null
    files.push({ id: own ?? mint(kind), kind, file, needsId: own === null, copyOf })
  }
  const sessions = missingSessions(files, index, mint)
  const names = [
    ...sessions.map(({ id, path, name }) => nameOf(id, 'session', path, name)),
    ...files.map(({ id, kind, file }) => nameOf(id, kind, file.path, guessTitle(file))),
  ]
  return { files, sessions, names }
}

function missingSessions(
  files: readonly NewFile[],
  index: NameIndex,
  mint: (kind: EntityKind) => EntityId,
): readonly NewSession[] {
  const brought = new Set(files.map(({ file }) => file.path))
  const missing = new Map<string, NewSession>()
  for (const { file } of files) {
    const folder = readPath(file.path)?.sessionFolder
    if (folder === undefined || missing.has(folder)) continue
    const path = `${SESSIONS_FOLDER}/${folder}/session.md` as DocumentPath
    if (brought.has(path) || index.at(path) !== null) continue
    missing.set(folder, { id: mint('session'), path, name: titleOfStem(folder) })
  }
  return [...missing.values()]
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
function guessTitle({ path, text }: FileText): string {
  return TITLE_LINE.exec(text)?.[1] ?? titleOfStem(stemOf(path))
}

/** A title made of a file's stem: `t-7k2m9xqd-fix-login` and `fix_login` give `Fix login`. */
export function titleOfStem(stem: string): string {
  const id = idOfStem(stem)
  const words = (id === null ? stem : stem.slice(id.length)).replaceAll(/[-_\s]+/g, ' ').trim()
  const text = words === '' ? stem : words
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
