import { execFile } from 'node:child_process'
import { isAbsolute, join, parse, relative, resolve, sep } from 'node:path'
import type { DocumentPath } from '../model/document.ts'
import type { GitState } from '../ports/folder.ts'
import type { FileSystemCalls } from './file-system-calls.ts'
import { OPEN, systemCode } from './file-system-calls.ts'
import { typeOf } from './file-stat.ts'
import type { FolderContext } from './folder-context.ts'
import { readDescriptor } from './read-file.ts'

/** Where a repository keeps what belongs to this working tree alone, and what all its trees share. */
interface Repository {
  readonly own: string
  readonly shared: string
}

/** What stands in a repository while git is at work, and the words for it. */
const AT_WORK: readonly (readonly [name: string, why: string])[] = [
  ['MERGE_HEAD', 'a merge is not finished'],
  ['rebase-merge', 'a rebase is in progress'],
  ['rebase-apply', 'a rebase or git am is in progress'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick is not finished'],
  ['REVERT_HEAD', 'a revert is not finished'],
  ['BISECT_LOG', 'a bisect is in progress'],
  ['index.lock', 'git holds index.lock; if no git is running, remove it'],
]

/** Bytes of the largest of git's own files that is read, and of its longest answer. */
const LARGEST_FILE = 64 * 1024 * 1024
const LARGEST_LISTING = 1024 * 1024 * 1024

/** Tells what git is doing around the folder, from its files alone. */
export function readGitState({ calls, root }: FolderContext): GitState {
  let repository: Repository | null = null
  const busy = (why: string): GitState => {
    const own = repository?.own ?? join(root, '..', '.git')
    return { kind: 'busy', why, at: relative(root, own).replaceAll(sep, '/') }
  }
  try {
    repository = findRepository(calls, root)
    if (repository === null) return { kind: 'none' }
    for (const [name, why] of AT_WORK) {
      if (calls.lstat(join(repository.own, name)) !== null) return busy(why)
    }
    return { kind: 'quiet', head: readHead(calls, repository) }
  } catch (error) {
    return busy(`the git repository cannot be read (${systemCode(error)})`)
  }
}

/** Tells which of `paths` git tracks, in one run of git; see `Folder.tracked`. */
export async function listTracked(
  context: FolderContext,
  paths: readonly DocumentPath[],
): Promise<ReadonlySet<DocumentPath>> {
  if (paths.length === 0 || readGitState(context).kind === 'none') return new Set()
  const listed = await runGit(context.root, ['ls-files', '-z', '--', '.'])
  if (listed === null) return new Set(paths)
  const names = new Set<string>(listed.split('\0'))
  return new Set(paths.filter((path) => names.has(path)))
}

/** Text that git has staged for `path`, as it checks it out; see `Folder.staged`. */
export async function readStaged(
  context: FolderContext,
  path: DocumentPath,
): Promise<string | null> {
  if (readGitState(context).kind === 'none') return null
  return await runGit(context.root, ['show', `:./${path}`])
}

/** How many of the commits that were checked out last are looked at. */
const RECENT_COMMITS = 20

/** Tells which of `paths` git has left behind; see `Folder.leftByGit`. */
export async function listLeft(
  context: FolderContext,
  paths: readonly DocumentPath[],
): Promise<ReadonlySet<DocumentPath>> {
  const { root } = context
  const left = new Set<DocumentPath>()
  const state = readGitState(context)
  if (paths.length === 0 || state.kind !== 'quiet' || state.head === null) return left
  const tracked = await listTracked(context, paths)
  const present = await listTree(root, state.head)
  const open = new Set(paths.filter((path) => !tracked.has(path) && !present.has(path)))
  if (open.size === 0) return left
  const log = await runGit(root, ['log', '-g', `-n${RECENT_COMMITS}`, '--format=%H', 'HEAD'])
  for (const commit of new Set((log ?? '').split('\n'))) {
    if (commit === '' || open.size === 0) break
    for (const path of open.intersection(await listTree(root, commit))) {
      left.add(path)
      open.delete(path)
    }
  }
  return left
}

async function listTree(root: string, commit: string): Promise<ReadonlySet<string>> {
  const listed = await runGit(root, ['ls-tree', '-r', '-z', '--name-only', commit, '.'])
  return new Set((listed ?? '').split('\0'))
}

/** What git prints, null where it fails. */
function runGit(root: string, args: readonly string[]): Promise<string | null> {
  return new Promise((done) => {
    execFile(
      'git',
      ['-C', root, ...args],
      { maxBuffer: LARGEST_LISTING, env: gitEnvironment() },
      (error, stdout) => done(error === null ? stdout : null),
    )
  })
}

/** This environment without what a hook's git says about its own repository, which may be another. */
function gitEnvironment(): NodeJS.ProcessEnv {
  const none = { GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined }
  return { ...process.env, ...none, GIT_OPTIONAL_LOCKS: '0' }
}

/** The repository around `folder`, a linked worktree's or a submodule's included; null where there is none. */
function findRepository(calls: FileSystemCalls, folder: string): Repository | null {
  const top = parse(folder).root
  for (let place = folder; ; place = resolve(place, '..')) {
    const entry = join(place, '.git')
    const stat = calls.lstat(entry)
    if (stat !== null) {
      const own = typeOf(stat) === 'file' ? followGitFile(calls, place, entry) : entry
      if (own !== null && calls.lstat(join(own, 'HEAD')) !== null) {
        const common = readText(calls, join(own, 'commondir'))
        return { own, shared: common === null ? own : resolve(own, common.trim()) }
      }
    }
    if (place === top) return null
  }
}

function followGitFile(calls: FileSystemCalls, place: string, file: string): string | null {
  const target = /^gitdir: (.+)$/m.exec(readText(calls, file) ?? '')?.[1]
  if (target === undefined) return null
  return isAbsolute(target) ? target : resolve(place, target)
}

/** Id of the commit that is checked out; null before the first one, and where refs are kept in another form. */
function readHead(calls: FileSystemCalls, repository: Repository): string | null {
  const head = readText(calls, join(repository.own, 'HEAD'))?.trim() ?? ''
  const name = /^ref: (\S+)$/.exec(head)?.[1]
  return name === undefined ? asCommit(head) : readRef(calls, repository, name)
}

function readRef(calls: FileSystemCalls, { own, shared }: Repository, name: string): string | null {
  for (const folder of new Set([own, shared])) {
    const loose = readText(calls, join(folder, name))
    if (loose !== null) return asCommit(loose.trim())
  }
  const packed = readText(calls, join(shared, 'packed-refs')) ?? ''
  const line = packed.split('\n').find((entry) => entry.endsWith(` ${name}`))
  return line === undefined ? null : asCommit(line.slice(0, line.indexOf(' ')))
}

function asCommit(text: string): string | null {
  return /^[0-9a-f]{40,64}$/.test(text) ? text : null
}

/** Text of one of git's own files, links followed; null where there is none. */
function readText(calls: FileSystemCalls, path: string): string | null {
  let descriptor: number
  try {
    descriptor = calls.open(path, OPEN.FOLLOWED)
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
  try {
    const look = readDescriptor(calls, descriptor, LARGEST_FILE)
    return look.kind === 'bytes' ? Buffer.from(look.bytes).toString('utf8') : null
  } finally {
    calls.close(descriptor)
  }
}
