import type { DocumentPath } from '../model/document.ts'
import type { Timestamp } from '../model/entity.ts'
import type { Intent } from '../ports/base-store.ts'
import type { Displaced, SwapOutcome } from '../ports/folder.ts'
import { lookAside, withDisplaced } from './aside.ts'
import { containmentCheck, makeParents, parentOf } from './containment.ts'
import { LARGEST_DOCUMENT, pending } from './file-diagnostic.ts'
import { systemCode } from './file-system-calls.ts'
import { fileStat } from './file-stat.ts'
import type { FolderContext } from './folder-context.ts'
import { hashBytes } from './folder-context.ts'
import { pendingFolder, pendingPath, readFileClock, strayPath } from './local-folder.ts'
import { placeFile, putBack } from './place-file.ts'
import type { Look } from './read-file.ts'
import { readFile } from './read-file.ts'
import { syncDescriptors, syncFolders } from './sync-files.ts'
import { dropTemp, openTemp } from './temp.ts'
import type { Verdict, Wreck } from './wreck.ts'
import { isSameFile, judgeWreck } from './wreck.ts'

type Ending = 'done' | 'occupied' | 'absent' | 'changed'

type Failed = Extract<SwapOutcome, { kind: 'failed' }>

/** Finishes or undoes an intent that was left open; see `Folder.recover`. */
export async function recoverSwap(
  context: FolderContext,
  intent: Intent,
  contents: Uint8Array | null,
): Promise<SwapOutcome> {
  try {
    const { observed } = readFileClock(context)
    const wreck = survey(context, intent, contents)
    if ('diagnostic' in wreck) return { kind: 'failed', diagnostic: wreck.diagnostic }
    const touched = new Set<string>()
    const ending = await execute(context, wreck, judgeWreck(wreck), touched)
    dropTemp(context, intent)
    if (typeof ending === 'object') return ending
    const unsafe = await makeDurable(context, wreck, touched)
    return unsafe ?? conclude(context, wreck, ending, observed)
  } catch (error) {
    return failed('it waits to be put right', systemCode(error))
  }
}

/** Looks at all places of an intent. A path that leads out of the folder is as good as taken. */
function survey(
  context: FolderContext,
  intent: Intent,
  contents: Uint8Array | null,
): Wreck | Extract<Look, { kind: 'refused' }> {
  const aside = lookAside(context, intent)
  if (aside.kind === 'refused') return aside
  const check = containmentCheck(context)
  const look = (path: DocumentPath): Look => {
    const place = check(path)
    if (place.kind === 'missing') return { kind: 'absent' }
    if (place.kind === 'refused') return place
    return readFile(context.calls, `${context.root}/${path}`, LARGEST_DOCUMENT)
  }
  const goalPath = intent.target ?? intent.path
  const source = look(intent.path)
  const goal = goalPath === intent.path ? source : look(goalPath)
  const wanted = contents ?? findWanted(context, intent, aside)
  const waiting = context.calls.lstat(pendingPath(context, intent.temp)) !== null
  return { intent, goalPath, source, goal, aside, wanted, waiting }
}

/** The bytes of `intent.next` where they survived in one of its own files. */
function findWanted(context: FolderContext, intent: Intent, aside: Look): Uint8Array | null {
  const temp = readFile(context.calls, pendingPath(context, intent.temp), Infinity)
  for (const look of [temp, aside]) {
    if (look.kind === 'bytes' && hashBytes(look.bytes) === intent.next) return look.bytes
  }
  return null
}

async function execute(
  context: FolderContext,
  wreck: Wreck,
  verdict: Verdict,
  touched: Set<string>,
): Promise<Ending | Failed> {
  const { calls, root } = context
  const { intent, goalPath } = wreck
  const aside = pendingPath(context, intent.aside)
  const goal = `${root}/${goalPath}`
  switch (verdict.kind) {
    case 'finish':
      return await placeWanted(context, wreck, touched)
    case 'redo':
      calls.rename(goal, strayPath(context))
      return await placeWanted(context, wreck, touched)
    case 'carry':
      makeParents(calls, root, goalPath, touched)
      return putBack(context, aside, goal) === 'occupied' ? 'occupied' : 'done'
    case 'back':
      makeParents(calls, root, intent.path, touched)
      return putBack(context, aside, `${root}/${intent.path}`) === 'occupied'
        ? 'occupied'
        : verdict.answer
    case 'done':
      // A move that was broken off between its link and its unlink.
      if (isSameFile(wreck.goal, wreck.aside)) calls.unlink(aside)
      return 'done'
    case 'occupied':
    case 'absent':
    case 'changed':
      return verdict.kind
  }
}

async function placeWanted(
  context: FolderContext,
  { intent, goalPath, wanted, aside }: Wreck,
  touched: Set<string>,
): Promise<Ending | Failed> {
  const { calls, root } = context
  const like = aside.kind === 'bytes' ? aside.stat : null
  const descriptor = openTemp(context, intent, wanted ?? new Uint8Array(), like)
  const code = (await syncDescriptors(calls, [descriptor])).get(descriptor)
  if (code !== undefined) return failed('its text could not be made durable', code)
  makeParents(calls, root, goalPath, touched)
  const placing = placeFile(context, pendingPath(context, intent.temp), `${root}/${goalPath}`)
  return placing === 'occupied' ? 'occupied' : 'done'
}

async function makeDurable(
  context: FolderContext,
  { intent, goalPath }: Wreck,
  touched: Set<string>,
): Promise<Failed | null> {
  for (const path of [intent.path, goalPath]) touched.add(`${context.root}/${parentOf(path)}`)
  touched.add(pendingFolder(context))
  const [code] = (await syncFolders(context.calls, touched)).values()
  return code === undefined ? null : failed('it may not survive a power cut', code)
}

function failed(what: string, code: string): Failed {
  return { kind: 'failed', diagnostic: pending(what, code) }
}

function conclude(
  context: FolderContext,
  { intent, goalPath, aside }: Wreck,
  ending: Ending,
  observed: Timestamp,
): SwapOutcome {
  if (ending === 'absent') return { kind: ending }
  if (ending === 'changed') return { kind: ending, displaced: displacedOf(aside, intent) }
  if (ending === 'occupied')
    return withDisplaced(context, intent, { kind: ending, displaced: null })
  const found = intent.kind === 'remove' ? null : context.calls.lstat(`${context.root}/${goalPath}`)
  const stat = found === null ? null : fileStat(found)
  return withDisplaced(context, intent, { kind: ending, stat, observed, displaced: null })
}

function displacedOf(aside: Look, { expected }: Intent): Displaced | null {
  if (aside.kind !== 'bytes') return null
  const hash = hashBytes(aside.bytes)
  return hash === expected ? null : { bytes: aside.bytes, hash }
}
