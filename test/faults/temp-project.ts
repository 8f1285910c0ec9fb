import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { FileSystemCalls } from '../../src/folder/file-system-calls.ts'
import { hashBytes } from '../../src/folder/folder-context.ts'
import { ensureLocalFolder } from '../../src/folder/local-folder.ts'
import { openFolder } from '../../src/folder/open-folder.ts'
import type { DocumentKey, DocumentPath } from '../../src/model/document.ts'
import type { Intent, Seen } from '../../src/ports/base-store.ts'
import type { Folder, Swap, SwapOutcome } from '../../src/ports/folder.ts'
import type { Ids } from '../../src/ports/ids.ts'

/** Path of a task's file in the temporary project. */
export const TASK = 'sessions/main/tasks/t-7k2m9xqd-fix-login.md' as DocumentPath

/** Where a moved task goes. */
export const TARGET = 'sessions/main/tasks/done/t-7k2m9xqd-fix-login.md' as DocumentPath

let drawn = 0

/** Bytes that never come twice in one process, and are the same in every run. */
export const countingIds: Ids = {
  bytes(count) {
    const bytes = new Uint8Array(count)
    new DataView(bytes.buffer).setUint32(count - 4, ++drawn)
    return bytes
  },
}

/** A project's folder in a temporary place of its own, removed with that place when the scope ends. */
export class TempProject implements Disposable {
  readonly root: string

  constructor() {
    this.root = join(mkdtempSync(join(tmpdir(), 'diptych-')), 'project')
    mkdirSync(this.root)
    writeFileSync(join(this.root, 'config.yaml'), 'layout: flat\n')
    mkdirSync(join(this.root, dirname(TASK)), { recursive: true })
    ensureLocalFolder(this.root)
  }

  open(files?: FileSystemCalls): Folder {
    const options = { root: this.root, ids: countingIds }
    return openFolder(files === undefined ? options : { ...options, files })
  }

  at(path: string): string {
    return join(this.root, path)
  }

  write(path: string, text: string | Uint8Array): void {
    mkdirSync(dirname(this.at(path)), { recursive: true })
    writeFileSync(this.at(path), text)
  }

  /** Text of a file, or null where there is none. */
  text(path: string): string | null {
    return existsSync(this.at(path)) ? readFileSync(this.at(path), 'utf8') : null
  }

  /** Texts of all files that wait or were displaced. */
  pendingTexts(): readonly string[] {
    const folder = this.at('.local/pending')
    return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  }

  [Symbol.dispose](): void {
    const place = dirname(this.root)
    unlock(place)
    rmSync(place, { recursive: true, force: true })
  }
}

function unlock(folder: string): void {
  chmodSync(folder, 0o700)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) unlock(join(folder, entry.name))
  }
}

/** What a swap is made of, in texts. */
export interface Plan {
  readonly kind: Intent['kind']
  readonly path?: string
  readonly target?: string
  readonly old?: string
  readonly new?: string
}

/** A swap that turns the text `old` into `new`. */
export function swapOf(folder: Folder, plan: Plan): Swap {
  const { kind, path = TASK } = plan
  const target = plan.target ?? (kind === 'move' ? TARGET : null)
  const expected = plan.old === undefined ? null : hashOf(plan.old)
  const next = kind === 'remove' ? null : hashOf(plan.new ?? plan.old ?? '')
  const intent: Intent = {
    id: 'i-1',
    kind,
    document: 't-7k2m9xqd' as DocumentKey,
    path: path as DocumentPath,
    target: target as DocumentPath | null,
    expected,
    next,
    ...folder.names(),
  }
  return { intent, contents: plan.new === undefined ? null : Buffer.from(plan.new) }
}

/** Hash of a text as the folder defines it. */
export function hashOf(text: string): Intent['next'] & string {
  return hashBytes(Buffer.from(text))
}

/** Carries out one swap. */
export async function swap(folder: Folder, plan: Plan): Promise<SwapOutcome> {
  return await swapOne(folder, swapOf(folder, plan))
}

/** Carries out one swap that was made before. */
export async function swapOne(folder: Folder, one: Swap): Promise<SwapOutcome> {
  const [outcome] = await folder.carryOut([one])
  if (outcome === undefined) throw new Error('a swap gave no outcome')
  return outcome
}

/** Reads `paths` and makes of them what a replica would remember. */
export async function see(
  folder: Folder,
  ...paths: readonly string[]
): Promise<Map<DocumentPath, Seen>> {
  const seen = new Map<DocumentPath, Seen>()
  for (const [path, outcome] of await folder.read(paths as DocumentPath[])) {
    if (outcome.kind !== 'read') throw new Error(`${path} is ${outcome.kind}`)
    const { stat, hash, observed } = outcome
    seen.set(path, { path, stat, hash, observed })
  }
  return seen
}

/** Waits until what was just written is older than the clocks of files are coarse. */
export async function grow(milliseconds = 30): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
}
