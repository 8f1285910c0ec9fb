import { constants, type BigIntStats } from 'node:fs'
import type { FileSystemCalls } from '../../src/folder/file-system-calls.ts'

const { O_CREAT, O_EXCL, O_TRUNC, O_APPEND, S_IFREG, S_IFDIR } = constants
const O_DIRECTORY = constants.O_DIRECTORY ?? 0

/** Nanoseconds of the clock that stamps files: as coarse as a kernel's tick, so that stamps collide. */
const TICK = 4_000_000n

/** Nanoseconds that one call takes. */
const CALL = 20_000n

/** A file or folder, whatever names it has. */
export interface Inode {
  readonly number: bigint
  /** Entries of a folder; null for a file. */
  readonly entries: Map<string, Inode> | null
  bytes: Uint8Array
  /** What a power cut leaves of `bytes`, and when that was written. */
  durable: { readonly bytes: Uint8Array; readonly modified: bigint }
  links: number
  mode: number
  modified: bigint
  changed: bigint
}

interface Descriptor {
  readonly inode: Inode
  readonly append: boolean
  position: number
}

/** A system error as Node raises it. */
export function diskError(code: string, syscall: string, path = ''): Error {
  return Object.assign(new Error(`${code}: ${syscall} ${path}`), { code, syscall })
}

/**
 * A disk in memory: inodes, names, open descriptors, and what of it a power cut would leave.
 *
 * Names behave as on a journalling file system: a cut keeps a prefix of the changes of names, at
 * least up to the last sync of anything. Bytes that were not synced may be lost or cut short.
 */
export class VirtualDisk implements FileSystemCalls {
  /** Nanoseconds since 1970. */
  now: bigint
  readonly root: Inode
  readonly #open = new Map<number, Descriptor>()
  /** How to take back the changes of names since the last sync, in order. */
  #journal: (() => void)[] = []
  /** Files with bytes that were never synced. */
  readonly #unsynced = new Set<Inode>()
  #descriptors = 10
  #inodes = 1n

  constructor(now: bigint) {
    this.now = now
    this.root = this.#make(true, 0o755)
  }

  open(path: string, flags: number, mode = 0o644): number {
    this.#pass()
    let inode = this.#find(path)
    if (inode !== null && (flags & O_CREAT) !== 0 && (flags & O_EXCL) !== 0) {
      throw diskError('EEXIST', 'open', path)
    }
    if (inode === null) {
      if ((flags & O_CREAT) === 0) throw diskError('ENOENT', 'open', path)
      inode = this.#make(false, mode)
      this.#enter(path, inode, 'open')
    }
    if (inode.entries === null && (flags & O_DIRECTORY) !== 0) {
      throw diskError('ENOTDIR', 'open', path)
    }
    if ((flags & O_TRUNC) !== 0 && inode.bytes.length > 0) this.#store(inode, new Uint8Array())
    const descriptor = this.#descriptors++
    this.#open.set(descriptor, { inode, append: (flags & O_APPEND) !== 0, position: 0 })
    return descriptor
  }

  close(descriptor: number): void {
    this.#pass()
    if (!this.#open.delete(descriptor)) throw diskError('EBADF', 'close')
  }

  read(descriptor: number, into: Uint8Array, position: number): number {
    this.#pass()
    const { bytes } = this.#opened(descriptor, 'read').inode
    const part = bytes.subarray(position, position + into.length)
    into.set(part)
    return part.length
  }

  write(descriptor: number, bytes: Uint8Array): number {
    this.#pass()
    const opened = this.#opened(descriptor, 'write')
    const { inode } = opened
    if (opened.append) opened.position = inode.bytes.length
    const end = opened.position + bytes.length
    const next = new Uint8Array(Math.max(inode.bytes.length, end))
    next.set(inode.bytes)
    next.set(bytes, opened.position)
    opened.position = end
    this.#store(inode, next)
    return bytes.length
  }

  async sync(descriptor: number): Promise<void> {
    this.syncNow(descriptor)
  }

  syncNow(descriptor: number): void {
    this.#pass()
    const { inode } = this.#opened(descriptor, 'fsync')
    inode.durable = { bytes: inode.bytes, modified: inode.modified }
    this.#unsynced.delete(inode)
    this.#journal = []
  }

  fstat(descriptor: number): BigIntStats {
    this.#pass()
    return statOf(this.#opened(descriptor, 'fstat').inode)
  }

  lstat(path: string): BigIntStats | null {
    this.#pass()
    const inode = this.#find(path)
    return inode === null ? null : statOf(inode)
  }

  readdir(path: string): readonly string[] {
    this.#pass()
    const inode = this.#find(path)
    if (inode === null) throw diskError('ENOENT', 'scandir', path)
    if (inode.entries === null) throw diskError('ENOTDIR', 'scandir', path)
    if ((inode.mode & 0o400) === 0) throw diskError('EACCES', 'scandir', path)
    return [...inode.entries.keys()]
  }

  rename(from: string, to: string): void {
    this.#pass()
    const inode = this.#find(from)
    if (inode === null) throw diskError('ENOENT', 'rename', from)
    const there = this.#find(to)
    if (there === inode) return
    if (there?.entries != null && there.entries.size > 0) throw diskError('ENOTEMPTY', 'rename', to)
    const [source, name] = this.#parent(from, 'rename')
    const [target, newName] = this.#parent(to, 'rename')
    source.delete(name)
    target.set(newName, inode)
    this.#log(() => {
      if (there === null) target.delete(newName)
      else target.set(newName, there)
      source.set(name, inode)
    })
    if (there !== null) this.#unlinked(there)
    inode.changed = this.#stamp()
  }

  link(existing: string, path: string): void {
    this.#pass()
    const inode = this.#find(existing)
    if (inode === null) throw diskError('ENOENT', 'link', existing)
    this.#enter(path, inode, 'link')
    inode.links++
    inode.changed = this.#stamp()
  }

  unlink(path: string): void {
    this.#pass()
    const [entries, name] = this.#parent(path, 'unlink')
    const inode = entries.get(name)
    if (inode === undefined) throw diskError('ENOENT', 'unlink', path)
    if (inode.entries !== null) throw diskError('EISDIR', 'unlink', path)
    entries.delete(name)
    this.#log(() => {
      entries.set(name, inode)
      inode.links++
    })
    this.#unlinked(inode)
  }

  mkdir(path: string, mode = 0o755): void {
    this.#pass()
    this.#enter(path, this.#make(true, mode), 'mkdir')
  }

  fchmod(descriptor: number, mode: number): void {
    this.#pass()
    const { inode } = this.#opened(descriptor, 'fchmod')
    inode.mode = mode
    inode.changed = this.#stamp()
  }

  fchown(descriptor: number): void {
    this.#pass()
    this.#opened(descriptor, 'fchown')
  }

  /** Gives a file or folder other permissions; only those to list a folder have an effect. */
  chmod(path: string, mode: number): void {
    const inode = this.#find(path)
    if (inode === null) throw diskError('ENOENT', 'chmod', path)
    inode.mode = mode
    inode.changed = this.#stamp()
  }

  /** Lets some milliseconds pass. */
  pass(milliseconds: number): void {
    this.now += BigInt(milliseconds) * 1_000_000n
  }

  /** The inode that a path names now, or null. Takes no time. */
  at(path: string): Inode | null {
    return this.#find(path)
  }

  /** The inode behind an open descriptor. */
  behind(descriptor: number): Inode {
    return this.#opened(descriptor, 'fstat').inode
  }

  /** Closes descriptors that a dead process held. */
  closeAll(descriptors: Iterable<number>): void {
    for (const descriptor of descriptors) this.#open.delete(descriptor)
  }

  /** Cuts the power: `keep` of the journal's changes (of 100) stay; `whole` says of each unsynced file whether its bytes do. */
  cutPower(keep: number, whole: () => boolean): void {
    this.#open.clear()
    const stay = Math.ceil((this.#journal.length * keep) / 100)
    for (const undo of this.#journal.splice(stay).reverse()) undo()
    this.#journal = []
    for (const inode of this.#unsynced) {
      if (!whole()) {
        inode.bytes = inode.durable.bytes
        inode.modified = inode.durable.modified
        inode.changed = inode.durable.modified
      }
      inode.durable = { bytes: inode.bytes, modified: inode.modified }
    }
    this.#unsynced.clear()
  }

  #pass(): void {
    this.now += CALL
  }

  #stamp(): bigint {
    return this.now - (this.now % TICK)
  }

  #make(folder: boolean, mode: number): Inode {
    const now = this.#stamp()
    const empty = new Uint8Array()
    return {
      number: this.#inodes++,
      entries: folder ? new Map() : null,
      bytes: empty,
      durable: { bytes: empty, modified: now },
      links: 1,
      mode: mode & 0o7777,
      modified: now,
      changed: now,
    }
  }

  #store(inode: Inode, bytes: Uint8Array): void {
    inode.bytes = bytes
    inode.modified = this.#stamp()
    inode.changed = inode.modified
    this.#unsynced.add(inode)
  }

  #unlinked(inode: Inode): void {
    inode.links--
    inode.changed = this.#stamp()
  }

  #log(undo: () => void): void {
    this.#journal.push(undo)
  }

  #enter(path: string, inode: Inode, syscall: string): void {
    const [entries, name] = this.#parent(path, syscall)
    if (entries.has(name)) throw diskError('EEXIST', syscall, path)
    entries.set(name, inode)
    this.#log(() => {
      entries.delete(name)
      if (syscall === 'link') inode.links--
    })
  }

  #opened(descriptor: number, syscall: string): Descriptor {
    const opened = this.#open.get(descriptor)
    if (opened === undefined) throw diskError('EBADF', syscall)
    return opened
  }

  #parent(path: string, syscall: string): [Map<string, Inode>, string] {
    const cut = path.lastIndexOf('/')
    const folder = this.#find(path.slice(0, cut))
    if (folder === null) throw diskError('ENOENT', syscall, path)
    if (folder.entries === null) throw diskError('ENOTDIR', syscall, path)
    return [folder.entries, path.slice(cut + 1)]
  }

  #find(path: string): Inode | null {
    let inode = this.root
    for (const part of path.split('/')) {
      if (part === '' || part === '.') continue
      const next = inode.entries?.get(part)
      if (next === undefined) return null
      inode = next
    }
    return inode
  }
}

function statOf(inode: Inode): BigIntStats {
  const type = inode.entries === null ? S_IFREG : S_IFDIR
  const stat = {
    dev: 1n,
    ino: inode.number,
    mode: BigInt(type | inode.mode),
    nlink: BigInt(inode.links),
    uid: 1000n,
    gid: 1000n,
    size: BigInt(inode.bytes.length),
    mtimeNs: inode.modified,
    ctimeNs: inode.changed,
    isSymbolicLink: () => false,
    isFIFO: () => false,
    isSocket: () => false,
  }
  // The folder reads nothing else of a stat.
  return stat as unknown as BigIntStats
}
