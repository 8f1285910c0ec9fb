import type { Config } from './config.ts'
import type { DocumentKind, DocumentPath } from './document.ts'
import type { EntityId, EntityKind } from './id.ts'
import { isOver } from './rules/is-over.ts'

/** Folder of all sessions, from the folder's root. */
export const SESSIONS_FOLDER = 'sessions'

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/

/** Longest slug in bytes; with id, suffix and extension it stays far below the 255 of a file name. */
const SLUG_BYTES = 80

/**
 * Part of a file name for `title`: lower-case letters and digits of any script joined by dashes, at
 * most {@link SLUG_BYTES} bytes of UTF-8, NFC; `''` where nothing of the title can stand in a name.
 */
export function slugify(title: string): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .normalize('NFC')
  let slug = ''
  let bytes = 0
  for (const char of words) {
    bytes += utf8Length(char)
    if (bytes > SLUG_BYTES) break
    slug += char
  }
  slug = slug.replace(/-+$/, '')
  return RESERVED.test(slug) ? `${slug}-` : slug
}

function utf8Length(char: string): number {
  const code = char.codePointAt(0) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}

/** Folder of a by-status layout in which a task of `status` stands. */
export function statusFolder(status: string): 'planned' | 'active' | 'completed' {
  if (status === 'pending') return 'planned'
  return isOver(status) ? 'completed' : 'active'
}

/** What decides the default path of an entity's document. */
export interface Placement {
  readonly id: EntityId
  readonly kind: EntityKind
  /** Title of a session, group or task; kind of a note. */
  readonly title: string
  readonly status: string
  /** Folder name of the session that holds it; its own for a session. */
  readonly sessionFolder: string
}

/**
 * Default path of an entity's document. Two tasks never share one; groups, notes and sessions may,
 * and then take the id into the name (see {@link freePath}).
 */
export function defaultPath(config: Config, placement: Placement): DocumentPath {
  const { id, kind, title, status, sessionFolder } = placement
  const root = `${SESSIONS_FOLDER}/${sessionFolder}`
  const slug = slugify(title)
  switch (kind) {
    case 'session':
      return `${root}/session.md` as DocumentPath
    case 'group':
      return `${root}/groups/${slug === '' ? id : slug}.md` as DocumentPath
    case 'note':
      return `${root}/notes/${slug === '' ? id : slug}.md` as DocumentPath
    case 'task': {
      const folder = config.layout === 'by-status' ? `tasks/${statusFolder(status)}` : 'tasks'
      return `${root}/${folder}/${slug === '' ? id : `${id}-${slug}`}.md` as DocumentPath
    }
  }
}

/** `path`, or the same with the id before the extension where `taken` (compared in lower case) has it. */
export function freePath(
  path: DocumentPath,
  id: EntityId,
  taken: (path: DocumentPath) => boolean,
): DocumentPath {
  return taken(path) ? (path.replace(/\.md$/, `-${id}.md`) as DocumentPath) : path
}

/** What a path says about its document, before anyone reads the file. */
export interface PathReading {
  readonly kind: DocumentKind
  readonly sessionFolder: string
  /** Names of folders between the kind's folder and the file: `tasks/<here>/x.md`. */
  readonly subfolders: readonly string[]
}

const KIND_OF_FOLDER: Readonly<Record<string, EntityKind>> = {
  groups: 'group',
  tasks: 'task',
  notes: 'note',
}

const KIND_OF_FILE: Readonly<Record<string, DocumentKind>> = {
  'session.md': 'session',
  'board.md': 'board',
  'overview.md': 'overview',
}

/** Reads what a path stands for, or null where no document has such a path. */
export function readPath(path: DocumentPath): PathReading | null {
  const [root, sessionFolder, next, ...rest] = path.split('/')
  if (root !== SESSIONS_FOLDER || sessionFolder === undefined || next === undefined) return null
  if (rest.length === 0) {
    const kind = KIND_OF_FILE[next]
    return kind === undefined ? null : { kind, sessionFolder, subfolders: [] }
  }
  const kind = KIND_OF_FOLDER[next]
  if (kind === undefined || !path.endsWith('.md')) return null
  return { kind, sessionFolder, subfolders: rest.slice(0, -1) }
}
