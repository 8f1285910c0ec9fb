import { hash as digest } from 'node:crypto'
import { cpSync, rmSync } from 'node:fs'
import type { FileSystemCalls } from '../../src/folder/file-system-calls.ts'
import { DiptychError } from '../../src/model/error.ts'
import type { EntityId } from '../../src/model/id.ts'
import { type ContentHash, entityDocument } from '../../src/model/document.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { LateWrite, ReleaseOutcome, SwapOutcome } from '../../src/ports/folder.ts'
import { createItem } from '../../src/tasks/create-item.ts'
import { editEntity } from '../../src/tasks/edit-entity.ts'
import { removeEntity } from '../../src/tasks/remove-entity.ts'
import { type EngineProcess, type Ports, startProcess } from './engine-process.ts'
import { Ledger } from './ledger.ts'
import { withMethods } from './with-methods.ts'
import { makeMemoryFolder } from './memory-folder.ts'
import { People, ROOT } from './people.ts'
import { type Random, seeded } from './random.ts'
import type { Act, Deed, Intrusion, Mishap, Step } from './step.ts'
import { VirtualDisk, diskError } from './virtual-disk.ts'

/** Half past noon on some day, so that no short run crosses midnight. */
const BEGIN = 1_763_814_600_000_000_000n

/** The process is gone: nothing after it happens. */
export class Killed extends Error {}

/** What must never happen did. */
export class Violation extends Error {}

/** Two processes that synchronize, and a third whose programs work on the database alone. */
type Slot = 0 | 1 | 2

/** A synchronization in progress: what comes in between, and what goes wrong. */
interface Sync {
  calls: number
  readonly during: readonly Intrusion[]
  readonly mishap: Mishap
  faults: number
  dead: boolean
  readonly descriptors: Set<number>
}

/** How a world is made, besides its seed. */
export interface WorldOptions {
  readonly seed: number
  /** Folder with fresh databases, copied for this world. */
  readonly template: string
  /** Wraps the ports of every process; for planted faults. */
  readonly plant: (ports: Ports, disk: VirtualDisk) => Ports
}

/**
 * A folder, its databases, the people and programs at both, and up to two processes of the engine;
 * all of it on virtual time, decided by the steps and the seed alone.
 */
export class World implements AsyncDisposable {
  readonly disk: VirtualDisk = new VirtualDisk(BEGIN)
  readonly ledger: Ledger = new Ledger()
  readonly people: People
  /** Hashes of all contents that the engine has read. */
  readonly observed: Set<ContentHash> = new Set()
  readonly #options: WorldOptions
  readonly #random: Random
  readonly #databases: string
  readonly #processes = new Map<Slot, EngineProcess>()
  readonly #trace: string[] = []
  /** Documents and hashes of all receipts. */
  readonly #proved = new Set<string>()
  readonly #syncs: (Sync | null)[] = [null, null, null]
  /** Deeds of programs that wait until the engine hands over control. */
  #deeds: (() => Promise<void>)[] = []
  #doing = false
  /** What was read in the running synchronization: owed when it ends, not when its process dies before it could keep it. */
  #read: [Uint8Array, string][] = []

  constructor(options: WorldOptions) {
    this.#options = options
    this.#random = seeded(options.seed)
    this.people = new People(this.disk, this.ledger)
    this.#databases = makeMemoryFolder()
    cpSync(options.template, this.#databases, { recursive: true })
    this.disk.mkdir(ROOT)
    const marker = this.disk.open(`${ROOT}/config.yaml`, 0o101)
    this.disk.write(marker, new TextEncoder().encode('# settings\n'))
    this.disk.syncNow(marker)
    this.disk.close(marker)
  }

  /** A digest of every call that processes made, in order. */
  trace(): string {
    return digest('sha1', this.#trace.join('\n'))
  }

  /** The process in a slot, started where there is none. */
  async process(slot: Slot = 0): Promise<EngineProcess> {
    const running = this.#processes.get(slot)
    if (running !== undefined) return running
    const started = await startProcess({
      calls: this.#callsOf(slot),
      databases: this.#databases,
      clock: this.#clock(),
      ids: this.#random,
      pause: async (milliseconds) => this.disk.pass(milliseconds),
      beforeCall: async (name) => await this.#beforeCall(slot, name),
      ports: (ports) => this.#observing(this.#options.plant(ports, this.disk)),
    })
    this.#processes.set(slot, started)
    return started
  }

  async take(step: Step): Promise<void> {
    if (step.kind === 'act') return await this.act(step.act)
    const slot = step.process === 0 ? 0 : 1
    const other = slot === 0 ? 1 : 0
    const { during, mishap, accept, both } = step
    const syncs = [this.sync(slot, { during, mishap, accept })]
    if (both) syncs.push(this.sync(other, { during: [], mishap: { kind: 'none' }, accept }))
    await Promise.all(syncs)
  }

  async act(act: Act): Promise<void> {
    if (act.kind === 'program') await this.#program(act.deed, act.document)
    else this.people.act(act)
  }

  /** Synchronizes in one process, with all that comes in between. */
  async sync(
    slot: Slot,
    how: {
      readonly during: readonly Intrusion[]
      readonly mishap: Mishap
      readonly accept: boolean
    },
  ): Promise<number> {
    const { project } = await this.process(slot)
    const { during, mishap } = how
    const sync: Sync = { calls: 0, during, mishap, faults: 0, dead: false, descriptors: new Set() }
    this.#syncs[slot] = sync
    try {
      const report = await project.engine.sync({ acceptDeletions: how.accept })
      for (const [bytes, how] of this.#read) this.ledger.oweBytes(bytes, how)
      return report.writes
    } catch (error) {
      if (!sync.dead && !this.#isExcused(error, sync)) throw error
      return 0
    } finally {
      this.#syncs[slot] = null
      this.#read = []
      if (sync.dead) await this.#bury(slot, sync)
      else await this.#assertHonestBase(slot)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const process of this.#processes.values()) await process.close()
    rmSync(this.#databases, { recursive: true, force: true })
  }

  /** Ends every process, in order; the next call starts new ones. */
  async restart(): Promise<void> {
    for (const process of this.#processes.values()) await process.close()
    this.#processes.clear()
  }

  /** Both sides agree on nothing for which a transaction has not left a receipt; overviews have none. */
  async #assertHonestBase(slot: Slot): Promise<void> {
    const { project } = await this.process(slot)
    for (const { key, hash } of await project.base.agreedIndex()) {
      const known = key.startsWith('overview:') || this.#proved.has(`${key} ${hash}`)
      if (!known) throw new Violation(`${key} is agreed without a receipt`)
    }
  }

  #isExcused(error: unknown, { faults }: Sync): boolean {
    return faults > 0 && error instanceof DiptychError && error.code === 'folder-unavailable'
  }

  async #bury(slot: Slot, { descriptors, mishap }: Sync): Promise<void> {
    this.disk.closeAll(descriptors)
    await this.#processes.get(slot)?.close()
    this.#processes.delete(slot)
    if (mishap.kind !== 'power') return
    const random = seeded(mishap.salt)
    this.people.die()
    await this.restart()
    this.disk.cutPower(mishap.keep, () => random.chance(50))
  }

  #clock(): Clock {
    const now = (): number => Number(this.disk.now / 1_000_000n)
    return { now, today: () => dayOf(now()), dayOf }
  }

  /** The disk as a process of the engine sees it: others come in between, calls fail, the process dies. */
  #callsOf(slot: Slot): FileSystemCalls {
    const { disk } = this
    const call = <Result>(name: string, path: string, work: () => Result): Result => {
      this.#pass(slot, `${name} ${path}`)
      return work()
    }
    const own = (descriptor: number): number => {
      this.#syncs[slot]?.descriptors.add(descriptor)
      return descriptor
    }
    return {
      open: (path, flags, mode) =>
        call('open', path, () => {
          this.#assertMayOpen(path, flags)
          return own(disk.open(path, flags, mode))
        }),
      close: (descriptor) => {
        if (this.#syncs[slot]?.dead === true) return
        disk.close(descriptor)
      },
      read: (descriptor, into, position) =>
        call('read', '', () => disk.read(descriptor, into, position)),
      write: (descriptor, bytes) => call('write', '', () => disk.write(descriptor, bytes)),
      sync: async (descriptor) => call('sync', '', () => disk.syncNow(descriptor)),
      syncNow: (descriptor) => call('sync', '', () => disk.syncNow(descriptor)),
      fstat: (descriptor) => call('fstat', '', () => disk.fstat(descriptor)),
      lstat: (path) => call('lstat', path, () => disk.lstat(path)),
      readdir: (path) => call('readdir', path, () => disk.readdir(path)),
      rename: (from, to) =>
        call('rename', `${from} ${to}`, () => {
          if (disk.at(to) !== null) throw new Violation(`the engine renames over ${to}`)
          this.#oweInode(from, 'displaced')
          disk.rename(from, to)
        }),
      link: (existing, path) => call('link', path, () => disk.link(existing, path)),
      unlink: (path) =>
        call('unlink', path, () => {
          if (!isLocal(path)) throw new Violation(`the engine removes ${path} by its path`)
          this.#oweInode(path, 'dropped')
          disk.unlink(path)
        }),
      mkdir: (path, mode) => call('mkdir', path, () => disk.mkdir(path, mode)),
      fchmod: (descriptor, mode) => call('fchmod', '', () => disk.fchmod(descriptor, mode)),
      fchown: (descriptor) => call('fchown', '', () => disk.fchown(descriptor)),
    }
  }

  #assertMayOpen(path: string, flags: number): void {
    if (!path.startsWith(`${ROOT}/`) && !path.startsWith('/.git')) {
      if (path !== ROOT) throw new Violation(`the engine opens ${path}, which is outside`)
    }
    const writes = (flags & 3) !== 0
    const creates = (flags & 0o200) !== 0
    if (writes && !creates && !isLocal(path)) throw new Violation(`the engine writes into ${path}`)
  }

  #oweInode(path: string, how: string): void {
    const inode = this.disk.at(path)
    if (inode !== null && inode.entries === null && inode.links === 1) {
      this.ledger.oweBytes(inode.bytes, `${how} from ${path}`)
    }
  }

  /** One call of a process: death, faults and other people come before it. */
  #pass(slot: Slot, what: string): void {
    const sync = this.#syncs[slot] ?? null
    if (sync === null) return
    if (sync.dead) throw new Killed(what)
    const at = sync.calls++
    this.#trace.push(`${slot} ${what}`)
    const { mishap } = sync
    if ((mishap.kind === 'killed' || mishap.kind === 'power') && at >= mishap.at) {
      const all = mishap.kind === 'power'
      for (const other of this.#syncs)
        if (other !== null && (all || other === sync)) other.dead = true
      throw new Killed(what)
    }
    for (const intrusion of sync.during) {
      if (intrusion.at !== at) continue
      if (intrusion.act.kind === 'program')
        this.#deeds.push(async () => await this.act(intrusion.act))
      else this.people.act(intrusion.act)
    }
    if (mishap.kind === 'fault' && at >= mishap.at && sync.faults < mishap.times) {
      if (what.startsWith('store')) return
      sync.faults++
      throw diskError(mishap.code, what)
    }
  }

  async #beforeCall(slot: Slot, name: string): Promise<void> {
    this.#pass(slot, `store ${name}`)
    if (this.#doing) return
    this.#doing = true
    try {
      for (let deed = this.#deeds.shift(); deed; deed = this.#deeds.shift()) await deed()
    } finally {
      this.#doing = false
    }
  }

  /** The ports, with what the engine reads and what they commit noted as owed. */
  #observing(ports: Ports): Ports {
    const { folder, store } = ports
    return {
      ...ports,
      store: withMethods(store, {
        commit: async (transaction) => {
          for (const write of transaction.entities) {
            if (write.kind === 'delete' && transaction.operation.origin === 'folder') {
              await this.#assertTakenAway(store, write.id)
            }
          }
          const outcome = await store.commit(transaction)
          if (outcome.kind === 'committed') {
            for (const { document, hash } of transaction.receipts) {
              this.#proved.add(`${document} ${hash}`)
            }
          }
          return outcome
        },
      }),
      folder: {
        ...folder,
        read: async (paths) => {
          const outcomes = await folder.read(paths)
          for (const [path, outcome] of outcomes) {
            if (outcome.kind !== 'read') continue
            this.observed.add(outcome.hash)
            this.#read.push([outcome.bytes, `read from ${path}`])
          }
          return outcomes
        },
        carryOut: async (swaps) => {
          const outcomes = await folder.carryOut(swaps)
          for (const outcome of outcomes) this.#noteDisplaced(outcome)
          return outcomes
        },
        recover: async (intent, contents) =>
          this.#noteDisplaced(await folder.recover(intent, contents)),
        readStray: async (name) => {
          const bytes = await folder.readStray(name)
          if (bytes !== null) this.observed.add(folder.hash(bytes))
          return bytes
        },
        revisit: async (intent, known) => this.#noteLate(await folder.revisit(intent, known)),
        release: async (intent, known) => this.#noteLate(await folder.release(intent, known)),
      },
    }
  }

  /** The engine trashes only what someone took away; that it could not be seen is no reason. */
  async #assertTakenAway(store: Ports['store'], id: EntityId): Promise<void> {
    const [document] = await store.documents([entityDocument(id)])
    const place = `${ROOT}/${document?.path}`
    const text = new TextDecoder().decode(this.disk.at(place)?.bytes)
    if (!text.includes(`id: ${id}`) || this.people.hasMoved(place)) return
    throw new Violation(`${id} is trashed although nobody took its file away`)
  }

  #noteDisplaced(outcome: SwapOutcome): SwapOutcome {
    if ('displaced' in outcome && outcome.displaced !== null) {
      this.observed.add(outcome.displaced.hash)
    }
    return outcome
  }

  #noteLate<Outcome extends LateWrite | ReleaseOutcome | null>(outcome: Outcome): Outcome {
    if (outcome?.kind === 'late-write') this.observed.add(outcome.hash)
    return outcome
  }

  async #program(deed: Deed, document: number): Promise<void> {
    const { project } = await this.process(2)
    const tasks = (await project.store.names()).filter(({ kind, live }) => kind === 'task' && live)
    const id = tasks[document % Math.max(1, tasks.length)]?.id
    const word = this.ledger.fresh()
    try {
      if (deed === 'create' || id === undefined) {
        await createItem(project, 'task', { title: word, assignments: [] })
        this.ledger.owe(word, 'committed')
        return
      }
      if (deed === 'trash') {
        await removeEntity(project, { reference: id, kinds: ['task'], reason: null })
        return
      }
      await this.#editRow(id, deed, word)
    } catch (error) {
      if (!(error instanceof DiptychError) || error.code === 'internal') throw error
    }
  }

  async #editRow(id: EntityId, deed: Deed, word: string): Promise<void> {
    const { project } = await this.process(2)
    const field = deed === 'create' || deed === 'trash' ? 'title' : deed
    const values: Partial<Record<Deed, string>> = { status: 'in_progress', group: 'Backend' }
    const raw = values[field] ?? word
    const edit = { reference: id, kinds: ['task'] as const, ifRevision: null, summary: 'edit' }
    await editEntity(project, { ...edit, assignments: [{ field, raw }] })
    if (raw === word) this.ledger.owe(word, 'committed')
  }
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

function isLocal(path: string): boolean {
  return path.startsWith(`${ROOT}/.local/`)
}
