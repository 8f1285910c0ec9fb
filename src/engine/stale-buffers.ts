import type { Agreed } from '../model/document.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { EntityId } from '../model/id.ts'
import { type Fields, sameValue } from '../model/value.ts'
import { isHalfSaved } from '../plan/claimed-id.ts'
import { isBetween, linesBetween } from '../plan/closest-base.ts'
import { KEPT_FIELDS } from '../plan/board-state.ts'
import type { BoardSide } from '../plan/plan-board.ts'
import type { DocumentState, FileText } from '../plan/state.ts'
import type { EngineParts } from './engine-parts.ts'

/** Most older texts of a document in which the one is looked for that an editor still shows. */
const OLDER = 8

/** Most changes of an entity among which those of a projection are looked for. */
const RECENT = 100

/** What is asked of the lens about texts of a document's file. */
export interface Texts {
  /** The base that a text is for itself. */
  baseOf(state: DocumentState, file: FileText, revision: number): Agreed
  /** A text with the document's id and all of `fields` put into it. */
  withFields(state: DocumentState, file: FileText, fields: Fields): string
}

/**
 * Gives a file that was saved by an editor which did not show the database's last changes the older
 * text that it showed as its base, so that those changes survive beside what was typed.
 *
 * A file is one when it lacks every line of what was written into it since that text, which was values
 * of the database and nothing else, and has other changes as well. A file that equals an older text is a
 * person's wish to go back to it, and one that git brought is what git says.
 */
export async function rebaseStaleBuffers(
  parts: EngineParts,
  states: readonly DocumentState[],
  texts: Texts,
): Promise<readonly DocumentState[]> {
  const found: DocumentState[] = []
  for (const state of states) found.push(await rebased(parts, state, texts))
  return found
}

async function rebased(
  parts: EngineParts,
  state: DocumentState,
  texts: Texts,
): Promise<DocumentState> {
  const { agreed, folder, database, conflicts } = state
  if (agreed === null || folder.kind !== 'file' || folder.news !== 'edited') return state
  if (database.kind !== 'entity' || conflicts.length > 0 || state.proved) return state
  const { file, notes } = folder
  if (isHalfSaved(file.text) || agreed.text.startsWith(file.text)) return state
  const shown = await shownText(parts, agreed, file)
  if (shown === null || (await parts.folder.staged(file.path)) === file.text) return state
  const before = { ...agreed, ...shown }
  if (texts.withFields(state, before, agreed.fields) !== agreed.text) return state
  const base = texts.baseOf({ ...state, agreed: null }, before, agreed.revision)
  const fields = changedFields(base.fields, agreed.fields)
  if (await isTyped(parts, state, fields)) return state
  const told = fields.length === 0 ? notes : [...notes, staleNote(fields)]
  return { ...state, agreed: base, folder: { ...folder, notes: told } }
}

/** The older text from which the file was written, by fewest changes; null where that is the agreed one. */
async function shownText(
  { base }: EngineParts,
  agreed: Agreed,
  file: FileText,
): Promise<Pick<Agreed, 'text' | 'hash'> | null> {
  const older = await base.olderTexts(agreed.key, OLDER)
  if (older.some(({ text }) => text === file.text)) return null
  const lacks = lacksChanges(agreed.text, file.text)
  const between = older.filter(({ text }) => lacks(text) && isBetween(text, agreed.text, file.text))
  const [first, ...rest] = between.map((entry) => ({
    entry,
    distance: linesBetween(entry.text, file.text),
  }))
  if (first === undefined) return null
  return rest.reduce((best, next) => (next.distance < best.distance ? next : best), first).entry
}

/**
 * Tells of an older text whether `now` has no line that came into `agreed` since, and all that went:
 * what can be told of long texts at once, before they are compared in order.
 */
function lacksChanges(agreed: string, now: string): (older: string) => boolean {
  const [agreedLines, lines] = [linesOf(agreed), linesOf(now)]
  return (older) => {
    const olderLines = linesOf(older)
    const came = agreedLines.difference(olderLines)
    const went = olderLines.difference(agreedLines)
    return came.size + went.size > 0 && came.isDisjointFrom(lines) && went.isSubsetOf(lines)
  }
}

function linesOf(text: string): ReadonlySet<string> {
  return new Set(text.split(/\r\n|\n|\r/))
}

function changedFields(before: Fields, after: Fields): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].filter((name) => !sameValue(before.get(name) ?? null, after.get(name) ?? null))
}

/** Whether a person typed the last value of any of `fields` into a document. */
async function isTyped(
  { store }: EngineParts,
  { id }: DocumentState,
  fields: readonly string[],
): Promise<boolean> {
  if (fields.length === 0) return false
  const { items } = await store.history({ entity: id, limit: RECENT })
  return fields.some((name) => items.find(({ field }) => field === name)?.origin === 'folder')
}

/**
 * Gives a board that was saved by an editor which did not show the database's last changes the older
 * text that it showed as its base, as {@link rebaseStaleBuffers} does. `isWhole` tells whether all
 * lines of a text are of known tasks: one with new lines is no base, as they would be made again.
 */
export async function rebaseStaleBoard(
  parts: EngineParts,
  side: BoardSide,
  isWhole: (text: string) => boolean,
): Promise<BoardSide> {
  const { agreed, folder } = side
  if (agreed === null || folder.kind !== 'file' || folder.news !== 'edited') return side
  const { file, notes } = folder
  // Whoever only takes lines away has seen all of them, for all one can tell.
  if (linesOf(file.text).isSubsetOf(linesOf(agreed.text))) return side
  const shown = await shownText(parts, agreed, file)
  if (shown === null || !isWhole(shown.text)) return side
  if ((await parts.folder.staged(file.path)) === file.text) return side
  const tasks = tasksBetween(shown.text, agreed.text)
  if (tasks === null) return side
  for (const entity of tasks) {
    const { items } = await parts.store.history({ entity, limit: RECENT })
    const last = items.find(({ field }) => field === null || SHOWN.has(field))
    if (last?.origin === 'folder') return side
  }
  const told = [...notes, staleNote([`${tasks.size} ${tasks.size === 1 ? 'line' : 'lines'}`])]
  return { ...side, agreed: { ...agreed, ...shown }, folder: { ...folder, notes: told } }
}

/** Fields that the line of a task shows by its words, its box or its place. */
const SHOWN: ReadonlySet<string> = new Set([...KEPT_FIELDS, 'position', 'session'])

const TASK_ID = /\bt-[0-9a-hjkmnp-tv-z]{8}\b/

/** Tasks whose lines differ between two boards; null where other lines do, too. */
function tasksBetween(before: string, after: string): ReadonlySet<EntityId> | null {
  const tasks = new Set<EntityId>()
  for (const line of linesOf(before).symmetricDifference(linesOf(after))) {
    const id = TASK_ID.exec(line)?.[0]
    if (id === undefined && line.trim() !== '') return null
    if (id !== undefined) tasks.add(id as EntityId)
  }
  return tasks
}

function staleNote(changed: readonly string[]): Diagnostic {
  return {
    code: 'stale',
    severity: 'note',
    line: null,
    field: null,
    message: `this file was saved by an editor that did not show the last change of ${changed.join(', ')}; that change stays, beside what was typed`,
    hint: 'load the file again in the editor; to take the change back, edit that alone and save',
  }
}
