import { CONFIG_FILE } from '../model/config.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { DocumentPath } from '../model/document.ts'
import { SESSIONS_FOLDER } from '../model/layout.ts'
import type { Seen } from '../ports/base-store.ts'
import type { Refusal, Scan } from '../ports/folder.ts'
import {
  badName,
  misplaced,
  notAFile,
  otherEnding,
  twinName,
  unreadable,
} from './file-diagnostic.ts'
import { systemCode } from './file-system-calls.ts'
import { lastTouch, sameStat, typeOf } from './file-stat.ts'
import type { FolderContext } from './folder-context.ts'
import { isIgnoredFile, isIgnoredFolder, placeheldName } from './ignore.ts'
import { listMisplaced } from './misplaced.ts'
import { findTwins, foldName } from './twins.ts'

/** Folder of conflict files, from the folder's root. */
const CONFLICTS_FOLDER = 'conflicts'

/** Folders in which documents stand, from the folder's root. */
export const DOCUMENT_FOLDERS: readonly string[] = [SESSIONS_FOLDER, CONFLICTS_FOLDER]

/** Parts of the longest path that is looked at. */
const DEEPEST = 6

/** A scan in progress. */
interface Walk {
  readonly context: FolderContext
  readonly seen: ReadonlyMap<DocumentPath, Seen>
  readonly present: DocumentPath[]
  readonly changed: DocumentPath[]
  readonly refused: Refusal[]
  /** Files and folders of which this scan cannot say whether they are there. */
  readonly withheld: string[]
  complete: boolean
  /** How many of `present` were seen before. */
  known: number
}

/** Compares the folder with what was seen; see `Folder.scan`. */
export function scanFolder(context: FolderContext, seen: ReadonlyMap<DocumentPath, Seen>): Scan {
  const walk: Walk = {
    context,
    seen,
    present: [],
    changed: [],
    refused: [],
    withheld: [],
    complete: true,
    known: 0,
  }
  const rooted = isRooted(walk)
  for (const folder of DOCUMENT_FOLDERS) visit(walk, folder, folder)
  for (const path of listMisplaced(context)) walk.refused.push({ path, diagnostic: misplaced() })
  const { complete, changed, refused, present } = walk
  const vanished = rooted ? findVanished(walk) : []
  return { complete, rooted, changed, vanished, total: present.length, refused }
}

function isRooted(walk: Walk): boolean {
  const stat = statOf(walk, CONFIG_FILE)
  return stat !== null && typeOf(stat) === 'file'
}

/** Stat of a path, or null where there is nothing or it cannot be told; then the path is withheld. */
function statOf(walk: Walk, path: string): ReturnType<FolderContext['calls']['lstat']> {
  try {
    return walk.context.calls.lstat(`${walk.context.root}/${path}`)
  } catch (error) {
    cannotTell(walk, path, unreadable(systemCode(error)))
    walk.complete = false
    return null
  }
}

function cannotTell(walk: Walk, path: string, diagnostic: Diagnostic): void {
  walk.refused.push({ path, diagnostic })
  walk.withheld.push(path)
}

function walkFolder(walk: Walk, folder: string): void {
  let listed: readonly string[]
  try {
    listed = walk.context.calls.readdir(`${walk.context.root}/${folder}`)
  } catch (error) {
    cannotTell(walk, folder, unreadable(systemCode(error)))
    walk.complete = false
    return
  }
  const names = listed.filter((name) => isCandidate(walk, folder, name))
  const twins = findTwins(names, (name) => isKnown(walk, `${folder}/${name}`))
  for (const name of names) {
    const path = `${folder}/${name}`
    const used = twins.size === 0 ? undefined : twins.get(name)
    if (used === undefined) visit(walk, path, name)
    else cannotTell(walk, path, twinName(used))
  }
}

/** Whether a name needs a look. Names without an extension may be folders; the rest must be documents. */
function isCandidate(walk: Walk, folder: string, name: string): boolean {
  const original = placeheldName(name)
  if (original !== null) walk.withheld.push(`${folder}/${original}`)
  return !isIgnoredFile(name) || !(name.endsWith('.md') || isIgnoredFolder(name))
}

function isKnown(walk: Walk, path: string): boolean {
  if (walk.seen.has(path as DocumentPath)) return true
  const prefix = `${path}/`
  return walk.seen.keys().some((known) => known.startsWith(prefix))
}

function visit(walk: Walk, path: string, name: string): void {
  if (name.includes('\\')) return cannotTell(walk, path, badName('holds a backslash'))
  const stat = statOf(walk, path)
  if (stat === null) {
    // The system hands over such a name with the bad bytes replaced, so that nothing is found by it.
    if (name.includes('\ufffd')) cannotTell(walk, path, badName('is not valid UTF-8'))
    return
  }
  const document = name.endsWith('.md')
  switch (typeOf(stat)) {
    case 'file':
      if (document) compare(walk, path as DocumentPath, stat)
      else if (OTHER_TEXT.test(path)) walk.refused.push({ path, diagnostic: otherEnding() })
      return
    case 'folder':
      if (document) cannotTell(walk, path, notAFile('a folder'))
      else if (path.split('/').length < DEEPEST) walkFolder(walk, path)
      else cannotTell(walk, path, badName('is nested too deeply'))
      return
    case 'other':
      if (document || stat.isSymbolicLink()) cannotTell(walk, path, notAFile(describe(stat)))
  }
}

/** A text that a person may take for a document, where documents stand. */
const OTHER_TEXT =
  /^sessions\/[^/]+\/(?:tasks|groups|notes)\/.*\.(?:markdown|mdown|mkdn?|mdx|md|txt|json|csv)$/i

function describe(stat: NonNullable<ReturnType<FolderContext['calls']['lstat']>>): string {
  if (stat.isSymbolicLink()) return 'a symbolic link'
  if (stat.isFIFO()) return 'a named pipe'
  return stat.isSocket() ? 'a socket' : 'a device'
}

function compare(
  walk: Walk,
  path: DocumentPath,
  stat: NonNullable<ReturnType<FolderContext['calls']['lstat']>>,
): void {
  walk.present.push(path)
  const seen = walk.seen.get(path)
  if (seen !== undefined) walk.known++
  if (seen === undefined || !sameStat(seen.stat, stat) || isRacy(seen)) walk.changed.push(path)
}

/** Whether a write after the observation could bear the same stamps as one before it. */
function isRacy({ stat, observed }: Seen): boolean {
  // Doubles lose nanoseconds, but never the order: what was not earlier is not made so.
  return Number(lastTouch(stat)) >= observed * 1_000_000
}

/**
 * Paths seen before that are gone for certain: not listed, not withheld, and a look of its own finds
 * nothing either, or only the same file under its name in other letters.
 */
function findVanished(walk: Walk): DocumentPath[] {
  if (walk.known === walk.seen.size) return []
  const present = new Set<string>(walk.present)
  const folded = new Set(walk.present.map(foldName))
  const withheld = new Set(walk.withheld)
  const gone: DocumentPath[] = []
  for (const path of walk.seen.keys()) {
    if (present.has(path) || !isScanned(path) || isBelow(withheld, path)) continue
    if (folded.has(foldName(path)) || isNowhere(walk, path)) gone.push(path)
  }
  return gone
}

function isScanned(path: string): boolean {
  return DOCUMENT_FOLDERS.some((folder) => path.startsWith(`${folder}/`))
}

function isBelow(places: ReadonlySet<string>, path: string): boolean {
  if (places.size === 0) return false
  let end = path.length
  while (end > 0) {
    if (places.has(path.slice(0, end))) return true
    end = path.lastIndexOf('/', end - 1)
  }
  return false
}

function isNowhere(walk: Walk, path: string): boolean {
  const before = walk.withheld.length
  return statOf(walk, path) === null && walk.withheld.length === before
}
