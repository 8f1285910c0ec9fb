import { constants } from 'node:fs'
import { editText } from './edit-text.ts'
import type { Ledger } from './ledger.ts'
import type { Act, EditKind, SaveStyle } from './step.ts'
import { type Inode, type VirtualDisk, diskError } from './virtual-disk.ts'

const { O_WRONLY, O_CREAT, O_TRUNC, O_APPEND } = constants
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Absolute path of the project's folder on the virtual disk. */
export const ROOT = '/project'

const TASKS = `${ROOT}/sessions/main/tasks`

/** Acts that are about no document of the actor's choice. */
type Elsewhere = Exclude<
  Act,
  { kind: 'save-buffer' | 'write-held' | 'wait' | 'program' } | { document: number }
>

interface Buffer {
  readonly path: string
  readonly text: string
}

/**
 * People and their programs at the files: everything here happens on the disk alone, as other
 * processes would do it, one call after the other. A save that takes several calls is left half
 * done until someone goes on with it.
 */
export class People {
  readonly #disk: VirtualDisk
  readonly #ledger: Ledger
  readonly #buffers = new Map<number, Buffer>()
  readonly #held = new Map<number, number>()
  /** The rest of every save that is half done. */
  readonly #unfinished: (() => void)[] = []
  /** Names of files that someone here took away from where they were, for a moment at least. */
  readonly #moved = new Set<string>()
  #snapshot: ReadonlyMap<string, Uint8Array> | null = null

  constructor(disk: VirtualDisk, ledger: Ledger) {
    this.#disk = disk
    this.#ledger = ledger
  }

  /** Does one act; those of programs are not for the disk and do nothing here. */
  act(act: Act): void {
    switch (act.kind) {
      case 'save':
      case 'copy':
      case 'rename':
      case 'file-in':
      case 'remove':
      case 'hold':
      case 'open': {
        const path = this.#choose(act.document)
        return path === null ? undefined : this.#actOn(path, act)
      }
      case 'save-buffer':
        return this.#saveBuffer(act.slot, act.style, act.edit)
      case 'write-held':
        return this.#writeHeld(act.slot)
      case 'wait':
        return this.#disk.pass(act.milliseconds)
      case 'mass-remove':
      case 'snapshot':
      case 'checkout':
      case 'lock':
      case 'unlock':
      case 'new-file':
      case 'continue':
        return this.#actSomewhere(act)
      case 'program':
    }
  }

  /** Whether a file of this name was ever taken away from where it was. */
  hasMoved(path: string): boolean {
    return this.#moved.has(nameOf(path))
  }

  /** Ends every half-done save and lets go of every file. */
  finish(): void {
    this.act({ kind: 'unlock' })
    for (let rest = this.#unfinished.shift(); rest; rest = this.#unfinished.shift()) rest()
    for (const descriptor of this.#held.values()) this.#disk.close(descriptor)
    this.#held.clear()
  }

  /** The power is gone, and with it every program. */
  die(): void {
    this.#unfinished.length = 0
    this.#buffers.clear()
    this.#held.clear()
  }

  /** Paths of all documents, in order. */
  paths(): readonly string[] {
    const found: string[] = []
    const visit = (inode: Inode | null, path: string): void => {
      for (const [name, child] of inode?.entries ?? []) {
        if (child.entries !== null) visit(child, `${path}/${name}`)
        else if (name.endsWith('.md')) found.push(`${path}/${name}`)
      }
    }
    visit(this.#disk.at(`${ROOT}/sessions`), `${ROOT}/sessions`)
    return found.sort()
  }

  /** Texts of all documents by path. */
  texts(): ReadonlyMap<string, string> {
    return new Map(this.paths().map((path) => [path, decoder.decode(this.#bytes(path))]))
  }

  #actOn(path: string, act: Extract<Act, { document: number }>): void {
    switch (act.kind) {
      case 'save':
        this.#save(path, act.style, decoder.decode(this.#bytes(path)), act.edit)
        return
      case 'open':
        this.#buffers.set(act.slot, { path, text: decoder.decode(this.#bytes(path)) })
        return
      case 'hold':
        return this.#hold(act.slot, path)
      case 'copy':
        return this.#create(decoder.decode(this.#bytes(path)))
      case 'rename':
        return this.#rename(path, '')
      case 'file-in':
        return this.#rename(path, 'backend/')
      case 'remove':
        return this.#remove(path)
      case 'program':
    }
  }

  #actSomewhere(act: Elsewhere): void {
    switch (act.kind) {
      case 'continue':
        return this.#unfinished.shift()?.()
      case 'new-file':
        return this.#create(`# ${this.#ledger.fresh()}\n`)
      case 'mass-remove':
        for (const [index, path] of this.paths().entries()) {
          if (index % act.every === 0) this.#remove(path)
        }
        return
      case 'snapshot':
        this.#snapshot = new Map(this.paths().map((path) => [path, this.#bytes(path)]))
        return
      case 'checkout':
        for (const [path, bytes] of this.#snapshot ?? []) this.#saveAtomically(path, bytes)
        return
      case 'lock':
      case 'unlock':
        if (this.#disk.at(TASKS) === null) return
        this.#disk.chmod(TASKS, act.kind === 'lock' ? 0o311 : 0o755)
    }
  }

  #bytes(path: string): Uint8Array {
    const inode = this.#disk.at(path)
    if (inode === null || inode.entries !== null) throw diskError('ENOENT', 'open', path)
    return inode.bytes
  }

  /** Boards are edited more often than there are boards. */
  #choose(document: number): string | null {
    const paths = this.paths().filter((path) => !path.endsWith('/overview.md'))
    const boards = paths.filter((path) => path.endsWith('/board.md'))
    const from = document % 4 === 0 && boards.length > 0 ? boards : paths
    return from[document % Math.max(1, from.length)] ?? null
  }

  #saveBuffer(slot: number, style: SaveStyle, edit: EditKind): void {
    const buffer = this.#buffers.get(slot)
    if (buffer === undefined) return
    const text = this.#save(buffer.path, style, buffer.text, edit)
    this.#buffers.set(slot, { path: buffer.path, text })
  }

  #save(path: string, style: SaveStyle, before: string, edit: EditKind): string {
    const board = path.endsWith('/board.md')
    const text = editText(before, board, edit, () => this.#ledger.fresh())
    const bytes = encoder.encode(text)
    try {
      this.#write(path, style, bytes, text.startsWith(before) ? bytes.length : 0, before)
    } catch (error) {
      // Its folder was moved away: an editor would complain, and the person has the text still.
      if (!(error instanceof Error && 'syscall' in error)) throw error
    }
    return text
  }

  #write(path: string, style: SaveStyle, bytes: Uint8Array, grows: number, before: string): void {
    const disk = this.#disk
    switch (style) {
      case 'in-place': {
        const descriptor = disk.open(path, O_WRONLY | O_CREAT | O_TRUNC)
        disk.write(descriptor, bytes)
        return disk.close(descriptor)
      }
      case 'truncate':
        return this.#writeInParts(path, bytes)
      case 'atomic':
        return this.#saveAtomically(path, bytes)
      case 'backup': {
        if (disk.at(path) !== null) this.#move(path, `${path}~`)
        const descriptor = disk.open(path, O_WRONLY | O_CREAT | O_TRUNC)
        this.#unfinished.push(() => {
          disk.write(descriptor, bytes)
          disk.close(descriptor)
        })
        return
      }
      case 'append': {
        const descriptor = disk.open(path, O_WRONLY | O_CREAT | O_APPEND)
        const tail = grows > 0 ? encoder.encode(decoder.decode(bytes).slice(before.length)) : null
        disk.write(descriptor, tail ?? encoder.encode(`\n${this.#ledger.fresh()}\n`))
        return disk.close(descriptor)
      }
    }
  }

  #writeInParts(path: string, bytes: Uint8Array): void {
    const disk = this.#disk
    const descriptor = disk.open(path, O_WRONLY | O_CREAT | O_TRUNC)
    const half = Math.floor(bytes.length / 2)
    this.#unfinished.push(() => {
      disk.write(descriptor, bytes.subarray(0, half))
      this.#unfinished.push(() => {
        disk.write(descriptor, bytes.subarray(half))
        disk.close(descriptor)
      })
    })
  }

  #saveAtomically(path: string, bytes: Uint8Array): void {
    const disk = this.#disk
    const cut = path.lastIndexOf('/')
    const temp = `${path.slice(0, cut)}/.${path.slice(cut + 1)}.tmp`
    if (disk.at(path.slice(0, cut)) === null) return
    const descriptor = disk.open(temp, O_WRONLY | O_CREAT | O_TRUNC)
    disk.write(descriptor, bytes)
    disk.close(descriptor)
    disk.rename(temp, path)
  }

  #hold(slot: number, path: string): void {
    const before = this.#held.get(slot)
    if (before !== undefined) this.#disk.close(before)
    this.#held.set(slot, this.#disk.open(path, O_WRONLY | O_APPEND))
  }

  #writeHeld(slot: number): void {
    const descriptor = this.#held.get(slot)
    if (descriptor === undefined) return
    this.#disk.write(descriptor, encoder.encode(`\n${this.#ledger.fresh()}\n`))
  }

  #create(text: string): void {
    if (this.#disk.at(TASKS) === null) return
    const path = `${TASKS}/${this.#ledger.fresh()}.md`
    const descriptor = this.#disk.open(path, O_WRONLY | O_CREAT | O_TRUNC)
    this.#disk.write(descriptor, encoder.encode(text))
    this.#disk.close(descriptor)
  }

  #rename(path: string, below: string): void {
    if (!path.includes('/tasks/')) return
    if (this.#disk.at(TASKS) === null) return
    if (below !== '' && this.#disk.at(`${TASKS}/backend`) === null) {
      this.#disk.mkdir(`${TASKS}/backend`)
    }
    const name = below === '' ? `${this.#ledger.fresh()}.md` : path.slice(path.lastIndexOf('/') + 1)
    this.#move(path, `${TASKS}/${below}${name}`)
  }

  #move(from: string, to: string): void {
    this.#moved.add(nameOf(from))
    this.#disk.rename(from, to)
  }

  #remove(path: string): void {
    this.#moved.add(nameOf(path))
    this.#disk.unlink(path)
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
