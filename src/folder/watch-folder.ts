import { type FSWatcher, watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import { CONFIG_FILE } from '../model/config.ts'
import type { DocumentPath } from '../model/document.ts'
import type { Watch, Watcher, WatchHint } from '../ports/watcher.ts'
import { type FileSystemCalls, nodeFileSystemCalls, systemCode } from './file-system-calls.ts'
import { typeOf } from './file-stat.ts'
import { isIgnoredFile, isIgnoredFolder } from './ignore.ts'
import { DOCUMENT_FOLDERS } from './scan.ts'

/** What is watched. */
export interface WatchOptions {
  /** Absolute path of the project's folder. */
  readonly root: string
  /** Absolute path of the file that every commit of any process appends to. */
  readonly log: string
  readonly calls?: FileSystemCalls
}

/** A folder under watch, and which one it was: another of the same name needs a watch of its own. */
interface Watched {
  readonly watcher: FSWatcher
  readonly ino: bigint
}

/** State of a watch: folders by their path from the root, the root itself as ''. */
interface Watching {
  readonly calls: FileSystemCalls
  readonly root: string
  readonly tell: (hint: WatchHint) => void
  readonly folders: Map<string, Watched>
  readonly blind: Set<string>
}

/** Watches each folder by itself, as the system's recursive watch misses files in new folders. */
export function watchFolder({ root, log, calls = nodeFileSystemCalls }: WatchOptions): Watcher {
  return {
    start: (tell) => {
      const watching: Watching = { calls, root, tell, folders: new Map(), blind: new Set() }
      const stopLog = watchLog(watching, log)
      renew(watching)
      return {
        renew: () => renew(watching),
        [Symbol.dispose]: () => {
          stopLog()
          for (const { watcher } of watching.folders.values()) watcher.close()
          watching.folders.clear()
        },
      } satisfies Watch
    },
  }
}

/** Watches the folder of the database's log for that one name. */
function watchLog(watching: Watching, log: string): () => void {
  const name = basename(log)
  try {
    const watcher = watch(dirname(log), { persistent: false }, (_event, file) => {
      if (file === null || file === name) watching.tell({ kind: 'database' })
    })
    watcher.on('error', (error) => goBlind(watching, dirname(log), error))
    return () => watcher.close()
  } catch (error) {
    goBlind(watching, dirname(log), error)
    return () => undefined
  }
}

/** Watches every folder that is there and not yet watched, and lets go of those that are gone. */
function renew(watching: Watching): void {
  const present = new Set<string>()
  visit(watching, '', present)
  for (const [path, { watcher }] of watching.folders) {
    if (present.has(path)) continue
    watcher.close()
    watching.folders.delete(path)
  }
}

function visit(watching: Watching, path: string, present: Set<string>): void {
  const { calls, folders } = watching
  const place = placeOf(watching, path)
  try {
    const stat = calls.lstat(place)
    // The root alone may be reached through a link.
    if (stat === null || (path !== '' && typeOf(stat) !== 'folder')) return
    present.add(path)
    const known = folders.get(path)
    if (known?.ino !== stat.ino) {
      known?.watcher.close()
      folders.delete(path)
      folders.set(path, { watcher: watchOne(watching, path), ino: stat.ino })
      watching.blind.delete(path)
    }
    for (const name of path === '' ? DOCUMENT_FOLDERS : calls.readdir(place)) {
      if (mayBeFolder(name)) visit(watching, path === '' ? name : `${path}/${name}`, present)
    }
  } catch (error) {
    goBlind(watching, path, error)
  }
}

function placeOf({ root }: Watching, path: string): string {
  return path === '' ? root : `${root}/${path}`
}

/** Names with a dot are files as a rule, and looking at each of ten thousand would take long. */
function mayBeFolder(name: string): boolean {
  return !name.endsWith('.md') && !isIgnoredFolder(name)
}

function watchOne(watching: Watching, path: string): FSWatcher {
  const watcher = watch(placeOf(watching, path), { persistent: false }, (_event, name) => {
    if (name === null) noticeFolders(watching)
    else notice(watching, path, name)
  })
  watcher.on('error', (error) => goBlind(watching, path, error))
  return watcher
}

function notice(watching: Watching, folder: string, name: string): void {
  const isDocument = !isIgnoredFile(name)
  if (folder !== '' && isDocument) {
    watching.tell({ kind: 'document', path: `${folder}/${name}` as DocumentPath })
  } else if (mayBeFolder(name) && concernsFolders(watching, folder, name)) noticeFolders(watching)
}

/** Whether a name is, or was, that of a folder: what editors put beside a document for a moment is not. */
function concernsFolders(watching: Watching, folder: string, name: string): boolean {
  // The settings are the marker of the root: whether they are there decides everything.
  if (folder === '') return name === CONFIG_FILE || DOCUMENT_FOLDERS.includes(name)
  const path = `${folder}/${name}`
  if (watching.folders.has(path)) return true
  try {
    const stat = watching.calls.lstat(placeOf(watching, path))
    return stat !== null && typeOf(stat) === 'folder'
  } catch (error) {
    systemCode(error)
    return true
  }
}

/** What was put into a new folder before it was watched went unseen, so everything is to be looked at. */
function noticeFolders(watching: Watching): void {
  renew(watching)
  watching.tell({ kind: 'folder' })
}

/** Says once for each place that it cannot be watched. */
function goBlind(watching: Watching, path: string, error: unknown): void {
  const code = systemCode(error)
  watching.folders.get(path)?.watcher.close()
  watching.folders.delete(path)
  if (code === 'ENOENT' || watching.blind.has(path)) return
  watching.blind.add(path)
  const place = path === '' ? 'the folder of the project' : path
  watching.tell({ kind: 'blind', why: `${place} cannot be watched (${code})` })
}
