import type { KindCatalogue } from '../model/field.ts'
import { nearest } from '../model/nearest.ts'
import type { ProblemList } from './compile-problem.ts'
import { readTemplateHeading } from './compile-sections.ts'
import {
  type LineToken,
  type SlotToken,
  fixedText,
  hasBraces,
  tokenizeLine,
} from './compile-slot.ts'
import { fold } from './fold.ts'
import type { BoardTemplate, ItemPart } from './template.ts'

interface Affixes {
  readonly level: number
  readonly prefix: string
  readonly suffix: string
}

/** One line of a board template that says something, with the braces that open or close a list cut off. */
type BoardLine =
  | { readonly kind: 'groups'; readonly line: number }
  | { readonly kind: 'tasks'; readonly line: number }
  | { readonly kind: 'end'; readonly line: number }
  | { readonly kind: 'text'; readonly text: string; readonly line: number }

const SHAPE = `# Board: {{name}}
{{#each groups}}
## {{self as link}}
{{#each tasks tree}}
- [{{status as box}}] {{self as link}}{{ · status as word ?}}
{{/each}}
{{/each}}
## No group`

const HINT = `a board has this shape, with words of your own:\n${SHAPE}`

/** Reads the template of a board; null where problems were found. */
export function compileBoard(
  source: string,
  lines: readonly string[],
  task: KindCatalogue,
  problems: ProblemList,
): BoardTemplate | null {
  const parts = lines.flatMap((line, index) => readLine(line.trim(), index + 1, problems))
  const cursor = new Cursor(parts, problems)
  const title = readSlotHeading(cursor.text('the title line, # Board: {{name}}'), 'name', problems)
  cursor.expect('groups', 'the list of groups, {{#each groups}}')
  const group = readSlotHeading(cursor.text('the heading of a group'), 'self', problems)
  cursor.expect('tasks', 'the list of tasks, {{#each tasks tree}}')
  const item = readItem(cursor.text('the line of a task'), task, problems)
  cursor.expect('end', 'the end of the list of tasks, {{/each}}')
  cursor.expect('end', 'the end of the list of groups, {{/each}}')
  const ungrouped = readUngrouped(
    cursor.text('the heading of tasks without a group'),
    group,
    problems,
  )
  cursor.finish()
  if (!problems.isEmpty || title === null || group === null) return null
  return { kind: 'board', source, title, group, ungrouped, item }
}

/** Walks the lines of a board template in the one order that they can have. */
class Cursor {
  readonly #lines: readonly BoardLine[]
  readonly #problems: ProblemList
  #at = 0
  #lost = false

  constructor(lines: readonly BoardLine[], problems: ProblemList) {
    this.#lines = lines
    this.#problems = problems
  }

  text(what: string): (BoardLine & { kind: 'text' }) | null {
    const line = this.expect('text', what)
    return line?.kind === 'text' ? line : null
  }

  expect(kind: BoardLine['kind'], what: string): BoardLine | null {
    const line = this.#lines[this.#at]
    if (this.#lost) return null
    if (line?.kind === kind) {
      this.#at++
      return line
    }
    this.#lost = true
    const number = line?.line ?? this.#lines.at(-1)?.line ?? 1
    this.#problems.add(number, `${what} is missing here`, HINT)
    return null
  }

  finish(): void {
    const line = this.#lines[this.#at]
    if (this.#lost || line === undefined) return
    this.#problems.add(line.line, 'nothing can follow the heading of tasks without a group', HINT)
  }
}

function readLine(line: string, number: number, problems: ProblemList): readonly BoardLine[] {
  if (line === '') return []
  const found: BoardLine[] = []
  let rest = line
  for (let match = LEAD.exec(rest); match !== null; match = LEAD.exec(rest)) {
    const [token] = tokenizeLine(match[0], number, problems)
    const block = token === undefined ? null : readBlockToken(token, number, problems)
    if (block !== null) found.push(block)
    rest = rest.slice(match[0].length).trimStart()
  }
  const tail: BoardLine[] = []
  for (let match = TRAIL.exec(rest); match !== null; match = TRAIL.exec(rest)) {
    tail.push({ kind: 'end', line: number })
    rest = rest.slice(0, match.index).trimEnd()
  }
  if (rest !== '') found.push({ kind: 'text', text: rest, line: number })
  return [...found, ...tail]
}

const LEAD = /^\{\{\s*[#/][^{}]*\}\}/
const TRAIL = /\{\{\s*\/each\s*\}\}$/

function readBlockToken(token: LineToken, line: number, problems: ProblemList): BoardLine | null {
  if (token.kind === 'end') return { kind: 'end', line }
  if (token.kind !== 'each') return null
  if (/\b(where|key)\b/.test(token.options)) {
    problems.add(line, `“${token.options}” is not supported yet`, 'leave it out')
  } else if (token.field === 'groups' && token.options === '') return { kind: 'groups', line }
  else if (token.field === 'tasks' && token.options === 'tree') return { kind: 'tasks', line }
  else {
    problems.add(
      line,
      `a board has no list “${`${token.field} ${token.options}`.trim()}”`,
      'write {{#each groups}} around {{#each tasks tree}}',
    )
  }
  return null
}

function readSlotHeading(
  found: (BoardLine & { kind: 'text' }) | null,
  path: 'name' | 'self',
  problems: ProblemList,
): Affixes | null {
  if (found === null) return null
  const heading = readTemplateHeading(found.text)
  const tokens = heading === null ? [] : tokenizeLine(heading.content, found.line, problems)
  const slots = tokens.filter((token) => token.kind === 'slot')
  const [token] = slots
  const style = path === 'self' ? 'link' : null
  if (heading === null || token === undefined || slots.length > 1) {
    const slot = path === 'self' ? '{{self as link}}' : '{{name}}'
    problems.add(found.line, `a heading with one ${slot} belongs here`, HINT)
    return null
  }
  if (token.slot.path !== path || token.slot.style !== style || token.slot.optional) {
    const slot = path === 'self' ? '{{self as link}}' : '{{name}}'
    problems.add(found.line, `this heading holds ${slot} and nothing else`, HINT)
  }
  const at = tokens.indexOf(token)
  return {
    level: heading.level,
    prefix: fixedText(tokens.slice(0, at)) + token.before,
    suffix: token.after + fixedText(tokens.slice(at + 1)),
  }
}

function readUngrouped(
  found: (BoardLine & { kind: 'text' }) | null,
  group: Affixes | null,
  problems: ProblemList,
): string {
  if (found === null) return ''
  const heading = readTemplateHeading(found.text)
  if (heading === null || hasBraces(found.text) || fold(heading.content) === '') {
    problems.add(
      found.line,
      'a heading of fixed words for tasks without a group belongs here',
      HINT,
    )
  } else if (group !== null && heading.level !== group.level) {
    problems.add(
      found.line,
      'the heading of tasks without a group has another level than that of groups',
      `begin it with ${'#'.repeat(group.level)}`,
    )
  }
  return heading?.content ?? ''
}

/** Reads `- [{{status as box}}] {{self as link}}`, with or without a status word behind it. */
function readItem(
  found: (BoardLine & { kind: 'text' }) | null,
  task: KindCatalogue,
  problems: ProblemList,
): readonly ItemPart[] {
  if (found === null) return []
  const bullet = /^[-*+][ \t]+/.exec(found.text)
  const tokens = tokenizeLine(found.text.slice(bullet?.[0].length ?? 0), found.line, problems)
  const slots = tokens.filter((token) => token.kind === 'slot')
  for (const token of slots) checkItemSlot(token, task, problems)
  const shape = tokens.map(describe).join('')
  if (bullet === null || !/^\[box\] link(word)?$/.test(shape)) {
    problems.add(
      found.line,
      'the line of a task is a bullet, [{{status as box}}], {{self as link}} and, if wanted, a status word',
      HINT,
    )
  }
  const word = slots.find((token) => token.slot.style === 'word')
  if (word !== undefined && (word.before === '' || !word.slot.optional)) {
    problems.add(
      found.line,
      'the status word touches the link',
      'part the two inside the braces: {{ · status as word ?}}',
    )
  }
  return tokens.flatMap(partOf)
}

function describe(token: LineToken): string {
  if (token.kind === 'text') return token.text
  if (token.kind !== 'slot') return `{${token.kind}}`
  const affixed = token.slot.style !== 'word' && token.before + token.after !== ''
  return affixed ? '{affix}' : (token.slot.style ?? '{plain}')
}

function checkItemSlot(token: SlotToken, task: KindCatalogue, problems: ProblemList): void {
  const { path, style, line } = token.slot
  if (path === 'self' && style === 'link') return
  if (path === 'status' && (style === 'box' || style === 'word')) return
  if (path === 'self' || path === 'status') {
    const right = path === 'self' ? '{{self as link}}' : '{{status as box}}'
    problems.add(line, `${path} cannot be written so in a list`, `write ${right}`)
  } else if (task.has(path)) {
    problems.add(line, `${path} in the line of a task is not supported yet`, 'leave it out')
  } else {
    const [near] = nearest(path, ['self', 'status', ...task.keys()], (name) => name)
    const hint =
      near === undefined ? 'lines of tasks hold self and status' : `did you mean ${near}?`
    problems.add(line, `no field is called ${path}`, hint)
  }
}

function partOf(token: LineToken): readonly ItemPart[] {
  if (token.kind === 'text') return [{ kind: 'fixed', text: token.text }]
  if (token.kind !== 'slot') return []
  return [{ kind: 'slot', slot: token.slot, before: token.before, after: token.after }]
}
