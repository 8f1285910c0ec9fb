import { type Replacement, wordStyle } from '../lens/board-edit.ts'
import type { ScannedItem } from '../lens/board-scan.ts'
import { readStatusWord, type StatusWords, statusWord, statusWords } from '../lens/board-status.ts'
import { readQuickWords } from '../lens/board-words.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { enumKeys } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { type Fields, sameValue } from '../model/value.ts'
import { agreedItems, isFresh, type TypedBoard } from './typed-board.ts'

/** What was typed behind the links of existing tasks. */
export interface TypedWords {
  readonly replacements: readonly Replacement[]
  /** Fields that words like `@bob` give to existing tasks; the words leave the line. */
  readonly fields: ReadonlyMap<EntityId, Fields>
  readonly notes: readonly Diagnostic[]
}

/** What may part a status from the link where the board has its own sign. */
const PARTED = /^(?:[-–—:,;|>]|->|=>)*\s*(.*)$/
const BRACKETED = /^[([{](.*)[)\]}]$/

/** The end of a line as it is typed, cut into its parts. */
interface Ending {
  readonly start: number
  readonly end: number
  /** What stands before the words that give fields, without outer blanks, and where that ends. */
  readonly text: string
  readonly textEnd: number
  /** The words that give fields, as they are typed. */
  readonly words: string
  readonly fields: Fields
}

interface Line {
  readonly task: EntityId
  readonly item: ScannedItem
  readonly now: Ending
  readonly old: ScannedItem | undefined
  readonly before: Ending | null
}

/**
 * Reads what was typed behind the links of existing tasks: `@bob !high 4h #label due:…`, and a status
 * that is parted otherwise than the board does it. A status word that is gone means that the box alone
 * counts; where several are gone at once, or something else stands in its place, it is put back.
 */
export function typedWords(typed: TypedBoard): TypedWords {
  const style = wordStyle(typed.template)
  const words = statusWords(typed.context.catalogue)
  const word = (status: string): string =>
    style === null ? '' : style.before + status + style.after
  const replacements: Replacement[] = []
  const fields = new Map<EntityId, Fields>()
  const notes: Diagnostic[] = []
  const lost: { readonly at: number; readonly back: Replacement; readonly bare: Replacement }[] = []
  for (const { task, item, now, before, old } of freshLines(typed)) {
    const { start, end, text } = now
    const given = newFields(now, before)
    const status = style === null ? null : strayStatus(words, item, text)
    const kept = style === null ? null : lostWord(item, old)
    const whole = given.size > 0 && isWhole(item, now, status)
    const rest = text === '' ? '' : ` ${text}`
    const tail = whole || now.words === '' ? '' : ` ${now.words}`
    if (whole) fields.set(task, given)
    if (status !== null) replacements.push({ start, end, text: word(status) + tail })
    else if (kept !== null && text === '') {
      const back = { start, end, text: word(kept) + tail }
      lost.push({ at: item.item.line + 1, back, bare: { start, end, text: tail } })
    } else if (kept !== null) {
      replacements.push({ start, end, text: word(kept) + rest + tail })
      notes.push(unreadNote(typed, item, text, kept))
    } else if (whole) replacements.push({ start, end, text: rest })
  }
  const several = lost.length > 1
  replacements.push(...lost.map(({ back, bare }) => (several ? back : bare)))
  if (several) notes.push(lostNote(lost.length, lost[0]?.at ?? 1))
  return { replacements, fields, notes }
}

/** Whether nothing but a status stands before the words that give fields: else they belong to a sentence. */
function isWhole({ content }: ScannedItem, now: Ending, status: string | null): boolean {
  return now.text === '' || status !== null || content.word?.end === now.textEnd
}

function freshLines(typed: TypedBoard): readonly Line[] {
  const old = agreedItems(typed)
  return typed.board.items.flatMap((item): Line[] => {
    const { task } = item.content
    if (item.role !== 'task' || task === null || !isFresh(typed, item.item.line)) return []
    const was = old.get(task)
    const { agreed } = typed
    const before =
      was === undefined || agreed === null ? null : endingOf(typed, agreed.scan.text, was)
    return [{ task, item, old: was, before, now: endingOf(typed, typed.board.scan.text, item) }]
  })
}

function endingOf({ context }: TypedBoard, text: string, { content }: ScannedItem): Ending {
  const { link, struck, content: whole } = content
  const start = Math.max(link?.end ?? whole.end, struck?.[1].end ?? 0)
  const typed = text.slice(start, whole.end)
  const probe = `- ${typed.trim()}`
  const quick = readQuickWords(probe, context)
  const head = probe.slice(2, Math.max(2, quick.length)).trim()
  const textEnd = start + typed.length - typed.trimStart().length + head.length
  const words = typed.trim().slice(head.length).trim()
  return { start, end: whole.end, text: head, textEnd, words, fields: quick.fields }
}

/** Fields that the line gives now and did not give before. */
function newFields(now: Ending, before: Ending | null): Fields {
  const old = before?.fields ?? new Map()
  return new Map(
    [...now.fields].filter(([field, value]) => !sameValue(value, old.get(field) ?? null)),
  )
}

/** The status word that a line's end is, with another sign or brackets around it than the board's. */
function strayStatus(words: StatusWords, { content }: ScannedItem, text: string): string | null {
  if (content.word !== null || text === '' || text.length > 60) return null
  const bare = (PARTED.exec(text)?.[1] ?? '').trim()
  const inner = BRACKETED.exec(bare)?.[1]?.trim() ?? bare
  return inner !== '' && readStatusWord(words, inner) !== null ? inner : null
}

/** The status word that the agreed line had behind the same box and that is gone. */
function lostWord({ content }: ScannedItem, old: ScannedItem | undefined): string | null {
  if (old === undefined || old.content.status === null) return null
  if (content.status !== null || content.mark !== old.content.mark) return null
  return statusWord(old.content.status)
}

function unreadNote(
  { context }: TypedBoard,
  { item }: ScannedItem,
  text: string,
  kept: string,
): Diagnostic {
  const values = enumKeys(context.catalogue.task, 'status')
  return {
    code: 'invalid',
    severity: 'note',
    line: item.line + 1,
    field: 'status',
    message: `status is not read from \`${text.replace(/^·\s*/, '')}\`: it is none of the values of this field; it stays “${kept}”, and the text stays behind it`,
    hint: `write one of: ${values.join(', ').replaceAll('_', ' ')}`,
  }
}

function lostNote(count: number, line: number): Diagnostic {
  return {
    code: 'item',
    severity: 'note',
    line,
    field: 'status',
    message: `the words of ${count} statuses are gone from their lines at once; they are written again`,
    hint: 'tick the box, or write another word in its place, as `· pending`',
  }
}
