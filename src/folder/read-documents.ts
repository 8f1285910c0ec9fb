import type { DocumentPath } from '../model/document.ts'
import type { ReadOutcome } from '../ports/folder.ts'
import type { Containment } from './containment.ts'
import { containmentCheck } from './containment.ts'
import { LARGEST_DOCUMENT } from './file-diagnostic.ts'
import { fileStat, lastTouch } from './file-stat.ts'
import type { FolderContext } from './folder-context.ts'
import { hashBytes } from './folder-context.ts'
import type { FileClock } from './local-folder.ts'
import { readFileClock } from './local-folder.ts'
import type { Look } from './read-file.ts'
import { readFile } from './read-file.ts'

/** Milliseconds between two reads that must agree. */
const PAUSE = 3

/** Reads of one file before it counts as unstable. */
const ROUNDS = 5

/** Nanoseconds for which a file must have been left alone for one read to suffice; spans the coarse kernel clocks. */
const SETTLED = 20_000_000n

type Read = Extract<ReadOutcome, { kind: 'read' }>
type Sight = Read | { readonly kind: 'absent' } | { readonly kind: 'torn' }

/** Reads files until two looks at each agree; see `Folder.read`. */
export async function readDocuments(
  context: FolderContext,
  paths: readonly DocumentPath[],
): Promise<ReadonlyMap<DocumentPath, ReadOutcome>> {
  const outcomes = new Map<DocumentPath, ReadOutcome>()
  const clock = readFileClock(context)
  const sights = new Map<DocumentPath, Sight>()
  let waiting = paths
  for (let round = 0; round < ROUNDS && waiting.length > 0; round++) {
    if (round > 0) await context.pause(PAUSE)
    const check = containmentCheck(context)
    const unsettled: DocumentPath[] = []
    for (const path of waiting) {
      const look = lookAt(context, path, check(path))
      if (look.kind === 'refused') {
        outcomes.set(path, look)
        continue
      }
      const sight = sightOf(look, clock)
      const settled = isSettled(look, clock) || agree(sights.get(path), sight)
      if (settled && sight.kind !== 'torn') {
        outcomes.set(path, sight)
      } else {
        sights.set(path, sight)
        unsettled.push(path)
      }
    }
    waiting = unsettled
  }
  for (const path of waiting) outcomes.set(path, { kind: 'unstable' })
  return outcomes
}

function lookAt({ calls, root }: FolderContext, path: string, place: Containment): Look {
  switch (place.kind) {
    case 'contained':
      return readFile(calls, `${root}/${path}`, LARGEST_DOCUMENT)
    case 'missing':
      return { kind: 'absent' }
    case 'refused':
      return place
  }
}

function sightOf(look: Exclude<Look, { kind: 'refused' }>, clock: FileClock): Sight {
  if (look.kind === 'absent') return look
  if (look.torn) return { kind: 'torn' }
  const { bytes, stat } = look
  const { observed } = clock
  return { kind: 'read', bytes, hash: hashBytes(bytes), stat: fileStat(stat), observed }
}

function isSettled(look: Look, clock: FileClock): boolean {
  return look.kind === 'bytes' && !look.torn && lastTouch(look.stat) < clock.ns - SETTLED
}

function agree(before: Sight | undefined, now: Sight): boolean {
  if (before === undefined || before.kind === 'torn') return false
  if (before.kind === 'absent' || now.kind !== 'read') return before.kind === now.kind
  return (
    before.hash === now.hash &&
    before.stat.mtimeNs === now.stat.mtimeNs &&
    before.stat.ino === now.stat.ino
  )
}
