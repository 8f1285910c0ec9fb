import type { Replacement } from '../lens/board-edit.ts'
import { targetOf } from '../lens/board-edit.ts'
import { isDocumentLink, resolveLink } from '../lens/board-line.ts'
import { encodeLinkText, readLink } from '../lens/board-link.ts'
import { spellItem } from '../lens/board-spelling.ts'
import { charOf } from '../lens/board-status.ts'
import { fold } from '../lens/fold.ts'
import type { ListItem } from '../markdown/blocks.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { stemOf } from '../model/document.ts'
import { type EntityId, idOfStem } from '../model/id.ts'
import { agreedItems, isFresh, lineOf, type TypedBoard } from './typed-board.ts'

/** Longest line whose spelling is looked at. */
const LONGEST_LINE = 2000
const FENCE = /^\s*(?:`{3,}|~{3,})/
const WORD = /[\p{L}\p{N}]/u

/** Boxes and strikes of new lines that are spelled otherwise than the board spells them. */
export function spelledItems(typed: TypedBoard): readonly Replacement[] {
  const { scan } = typed.board
  const opaque = new Set(scan.opaque.flatMap(({ line, endLine }) => range(line, endLine)))
  const found: Replacement[] = []
  let fenced = false
  for (let at = scan.bodyLine; at < scan.lines.length; at++) {
    const line = scan.lines[at]
    const text = lineOf(typed.board, at)
    if (FENCE.test(text)) fenced = !fenced
    if (line === undefined || fenced || opaque.has(at) || text.length > LONGEST_LINE) continue
    if (!isFresh(typed, at)) continue
    const spelled = spellItem(text)
    if (spelled !== text) found.push({ start: line.start, end: line.end, text: spelled })
  }
  return found
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

/**
 * Boxes for new lines that have none and stand for a task all the same: one that begins with the link
 * to a task that has no other line, and a plain bullet right among the lines of tasks.
 */
export function missingBoxes(typed: TypedBoard): readonly Replacement[] {
  const { board, context, agreed } = typed
  const { text, items } = board.scan
  const shown = new Set(board.items.map(({ content }) => content.task))
  const before = agreedItems(typed)
  const among = agreed === null ? new Set<ListItem>() : amongTasks(typed)
  const found: Replacement[] = []
  for (const item of items) {
    if (item.checkbox !== null || !isFresh(typed, item.line)) continue
    if (text.startsWith('[] ', item.contentStart)) continue
    const struck = text.startsWith('~~', item.contentStart) ? 2 : 0
    const link = readLink(text, item.contentStart + struck, item.contentEnd)
    const task = link === null ? null : resolveLink(link.target, 'task', context)
    const at = { start: item.contentStart, end: item.contentStart }
    if (task !== null && !shown.has(task)) {
      shown.add(task)
      found.push({ ...at, text: `[${charOf(before.get(task)?.content.mark ?? 'open')}] ` })
    } else if (link === null && among.has(item)) found.push({ ...at, text: '[ ] ' })
  }
  return found
}

/**
 * Links to take off new lines that lead to no task and bear no id: someone wrote a line as the board
 * has them, for a task that is still to be made.
 */
export function inventedLinks(typed: TypedBoard): readonly Replacement[] {
  const { board, context } = typed
  const { text, items } = board.scan
  return items.flatMap((item): Replacement[] => {
    if (item.checkbox === null || !isFresh(typed, item.line)) return []
    const link = readLink(text, item.contentStart, item.contentEnd)
    if (link === null || link.kind !== 'link' || idOfStem(stemOf(link.target)) !== null) return []
    if (!isDocumentLink(link.target, 'task')) return []
    if (resolveLink(link.target, 'task', context) !== null) return []
    const title = text.slice(link.textStart, link.textEnd)
    return [{ start: link.start, end: link.end, text: title }]
  })
}

/** What to say of new lines that bear the title of a task that has its own line. */
export function namesakeNotes(typed: TypedBoard): readonly Diagnostic[] {
  const { board, session, names } = typed
  const fresh = board.items.filter(({ role, item }) => role === 'new' && isFresh(typed, item.line))
  if (fresh.length === 0) return []
  const tasks = [...names.values()].filter(
    (name) => name.kind === 'task' && name.live && name.session === session,
  )
  const byTitle = new Map(tasks.map((name) => [fold(name.title), name]))
  return fresh.flatMap(({ item, content }): Diagnostic[] => {
    const name = byTitle.get(fold(content.title))
    return name === undefined ? [] : [namesakeNote(item.line + 1, name.title, name.id)]
  })
}

function namesakeNote(line: number, title: string, id: EntityId): Diagnostic {
  return {
    code: 'mirror',
    severity: 'note',
    line,
    field: null,
    message: `${id} is called “${title}”, too; this line makes a second task of that title`,
    hint: 'nothing to do if there are to be two; else delete the new file',
  }
}

/** Bullets at the top level whose list goes on without a gap to the line of a task. */
function amongTasks({ board }: TypedBoard): ReadonlySet<ListItem> {
  const { text, items } = board.scan
  const found = new Set<ListItem>()
  let run: ListItem[] = []
  const close = (): void => {
    if (run.some(({ checkbox }) => checkbox !== null)) for (const item of run) found.add(item)
    run = []
  }
  for (const item of items) {
    if (item.parent !== -1) continue
    if (run.at(-1)?.endLine !== item.line) close()
    run.push(item)
  }
  close()
  const worded = [...found].filter(({ contentStart, contentEnd }) =>
    WORD.test(text.slice(contentStart, contentEnd)),
  )
  return new Set(worded)
}

/**
 * Links for new lines that name a task by its title alone: one of this session that has no other line
 * on the board. Of several with one title, each line takes the next. An open box, which is how a
 * line is written down, does not take back that its task was begun.
 */
export function missingLinks(typed: TypedBoard): readonly Replacement[] {
  const { board, context } = typed
  const waiting = tasksByTitle(typed)
  const before = agreedItems(typed)
  const found: Replacement[] = []
  for (const { role, item, content } of board.items) {
    if (role !== 'new' || !isFresh(typed, item.line)) continue
    const same = waiting.get(fold(content.title)) ?? []
    const [task, ...others] = same
    const title = task === undefined ? undefined : typed.names.get(task)?.title
    const text = title === undefined ? null : encodeLinkText(title)
    if (task === undefined || text === null) continue
    waiting.set(fold(content.title), others)
    const old = before.get(task)?.content
    const silent = content.status === null && old?.mark === content.mark
    const word = silent && old.word !== null ? wordIn(typed, old.word) : ''
    const begun = content.status === null && content.mark === 'open' && old?.mark === 'active'
    if (begun) found.push({ ...content.box, text: `[${charOf('active')}]` })
    found.push({ ...content.named, text: `[${text}](${targetOf(task, context)})${word}` })
  }
  return found
}

function wordIn({ agreed }: TypedBoard, span: { start: number; end: number }): string {
  return agreed?.scan.text.slice(span.start, span.end) ?? ''
}

/** Tasks of the session that no line of the board links to, by their titles, as the agreed board has them. */
function tasksByTitle(typed: TypedBoard): Map<string, readonly EntityId[]> {
  const { board, session, names } = typed
  const shown = new Set(board.items.map(({ content }) => content.task))
  const here = [...names.values()].filter(
    (name) => name.kind === 'task' && name.live && !name.archived && name.session === session,
  )
  const order = [...agreedItems(typed).keys()]
  const rank = (id: EntityId): number => (order.includes(id) ? order.indexOf(id) : Infinity)
  const found = new Map<string, EntityId[]>()
  for (const { id, title } of here) {
    if (shown.has(id)) continue
    const key = fold(title)
    found.set(key, [...(found.get(key) ?? []), id])
  }
  for (const ids of found.values()) if (ids.length > 1) ids.sort((a, b) => rank(a) - rank(b))
  return found
}

/** Links to take off new lines that repeat a task under another title: they are copied for a new one. */
export function copiedLines(typed: TypedBoard): readonly Replacement[] {
  const { board } = typed
  const before = agreedItems(typed)
  const byTask = Map.groupBy(board.items, ({ content }) => content.task)
  return [...byTask].flatMap(([task, lines]) => {
    if (task === null || lines.length < 2) return []
    const title = before.get(task)?.content.title
    if (!lines.some(({ content }) => content.title === title)) return []
    return lines.flatMap(({ item, content: { link, title: typedTitle, named } }): Replacement[] => {
      if (link === null || typedTitle === title || !isFresh(typed, item.line)) return []
      if (isDocumentLink(typedTitle, 'task')) return []
      const text = board.scan.text.slice(named.start, named.end)
      return [{ start: link.start, end: link.end, text }]
    })
  })
}
