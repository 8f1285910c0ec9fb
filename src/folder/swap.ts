import { DiptychError } from '../model/error.ts'
import type { FileStat } from '../ports/file-stat.ts'
import type { Swap, SwapOutcome } from '../ports/folder.ts'
import { withDisplaced } from './aside.ts'
import { checkExpected } from './check-expected.ts'
import { containmentCheck } from './containment.ts'
import type { Exchange } from './exchange.ts'
import { exchange } from './exchange.ts'
import { pending } from './file-diagnostic.ts'
import { systemCode } from './file-system-calls.ts'
import { fileStat } from './file-stat.ts'
import type { FolderContext } from './folder-context.ts'
import { hashBytes } from './folder-context.ts'
import type { FileClock } from './local-folder.ts'
import { readFileClock } from './local-folder.ts'
import { syncDescriptors, syncFolders } from './sync-files.ts'
import type { Ownership } from './temp.ts'
import { dropTemp, openTemp } from './temp.ts'
import { isCarried } from './wreck.ts'

/** Swaps whose new bytes wait at the same time: few enough for open files, enough to share the disk's work. */
const CHUNK = 128

/** Pauses in milliseconds before a file that something holds open is tried again. */
const BUSY_PAUSES: readonly number[] = [20, 80]

const BUSY: ReadonlySet<string> = new Set(['EBUSY', 'EPERM', 'ETXTBSY'])

/** A swap on its way. */
interface Job extends Swap {
  before: FileStat | null
  readonly touched: Set<string>
  /** Open temporary file that is not durable yet. */
  descriptor: number | null
  /** Null until it is decided. */
  ending: Exchange | null
}

/** Carries out swaps in order; see `Folder.carryOut`. */
export async function carryOut(
  context: FolderContext,
  swaps: readonly Swap[],
): Promise<readonly SwapOutcome[]> {
  for (const swap of swaps) assertComplete(swap)
  const clock = readFileClock(context)
  const jobs = swaps.map(startJob)
  for (let start = 0; start < jobs.length; start += CHUNK) {
    const chunk = jobs.slice(start, start + CHUNK)
    for (const job of chunk) prepare(context, job)
    await makeTempsDurable(context, chunk)
    await exchangeAll(context, chunk)
    for (const job of chunk) tidy(context, job)
  }
  const folders = new Set(jobs.flatMap((job) => [...job.touched]))
  const failed = await syncFolders(context.calls, folders)
  return jobs.map((job) => conclude(context, job, failed, clock))
}

function startJob({ intent, contents }: Swap): Job {
  const bytes = isCarried(intent) ? null : contents
  const touched = new Set<string>()
  return { intent, contents: bytes, before: null, touched, descriptor: null, ending: null }
}

function assertComplete({ intent, contents }: Swap): void {
  const needed = intent.kind === 'replace' || intent.kind === 'create'
  const whole = contents === null ? !needed : hashBytes(contents) === intent.next
  const placed = intent.kind !== 'move' || intent.target !== null
  if (whole && placed) return
  throw new DiptychError('internal', {
    what: 'an intent is incomplete',
    hint: 'report this as a fault',
    place: intent.path,
  })
}

/** Checks that the file is what is expected, and writes the new bytes where they wait. */
function prepare(context: FolderContext, job: Job): void {
  const { intent, contents } = job
  const place = containmentCheck(context)(intent.path)
  if (place.kind === 'refused') {
    job.ending = { kind: 'failed', diagnostic: place.diagnostic }
    return
  }
  let like: Ownership | null = null
  if (intent.kind !== 'create') {
    const found =
      place.kind === 'missing' ? ({ kind: 'absent' } as const) : checkExpected(context, intent)
    if (found.kind !== 'expected') {
      job.ending = found
      return
    }
    job.before = fileStat(found.stat)
    like = found.stat
  }
  if (contents === null) return
  try {
    job.descriptor = openTemp(context, intent, contents, like)
  } catch (error) {
    fail(job, 'its new text could not be written', systemCode(error))
  }
}

function fail(job: Job, what: string, code: string): void {
  job.ending = { kind: 'failed', diagnostic: pending(what, code) }
}

async function makeTempsDurable({ calls }: FolderContext, jobs: readonly Job[]): Promise<void> {
  const opened = jobs.filter((job) => job.descriptor !== null)
  const failed = await syncDescriptors(
    calls,
    opened.map((job) => job.descriptor ?? 0),
  )
  for (const job of opened) {
    const code = failed.get(job.descriptor ?? 0)
    if (code !== undefined) fail(job, 'its new text could not be made durable', code)
  }
}

/** Exchanges files one by one; those that are held open are tried again after all others. */
async function exchangeAll(context: FolderContext, jobs: readonly Job[]): Promise<void> {
  let waiting = jobs.filter((job) => job.ending === null)
  for (const [round, pause] of [0, ...BUSY_PAUSES].entries()) {
    if (waiting.length === 0) return
    if (round > 0) await context.pause(pause)
    const busy: Job[] = []
    for (const job of waiting) {
      try {
        job.ending = exchange(context, job)
      } catch (error) {
        const code = systemCode(error)
        if (BUSY.has(code) && round < BUSY_PAUSES.length) busy.push(job)
        else fail(job, 'it could not be written', code)
      }
    }
    waiting = busy
  }
}

/** Removes new bytes that found no place. */
function tidy(context: FolderContext, { ending, descriptor, intent }: Job): void {
  if (descriptor === null || ending?.kind === 'placed') return
  try {
    dropTemp(context, intent)
  } catch (error) {
    // What stays is found as a stray; the outcome of the swap is known all the same.
    systemCode(error)
  }
}

function conclude(
  context: FolderContext,
  { intent, ending, touched }: Job,
  failed: ReadonlyMap<string, string>,
  { observed }: FileClock,
): SwapOutcome {
  if (ending === null) return { kind: 'changed', displaced: null }
  if (ending.kind !== 'placed' && ending.kind !== 'occupied') return ending
  const code =
    failed.size === 0
      ? undefined
      : touched
          .values()
          .map((it) => failed.get(it))
          .find((it) => it !== undefined)
  if (code !== undefined) {
    return { kind: 'failed', diagnostic: pending('it may not survive a power cut', code) }
  }
  if (ending.kind === 'occupied') return withDisplaced(context, intent, ending)
  const { stat } = ending
  const done = { kind: 'done', stat, observed, displaced: null } as const
  return intent.kind === 'create' ? done : withDisplaced(context, intent, done)
}
