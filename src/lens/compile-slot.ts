import type { Slot, SlotStyle } from './template.ts'
import type { ProblemList } from './compile-problem.ts'

/** A `{{…}}` in a line of a template: the slot, or what is wrong with it. */
export interface SlotToken {
  readonly kind: 'slot'
  readonly slot: Slot
  /** Fixed text inside the braces that comes and goes with the value. */
  readonly before: string
  readonly after: string
}

/** `{{#each field …}}`, with everything after the field in `options`. */
export interface EachToken {
  readonly kind: 'each'
  readonly field: string
  readonly options: string
}

/** Fixed text, or one pair of braces. */
export type LineToken =
  | { readonly kind: 'text'; readonly text: string }
  | SlotToken
  | EachToken
  | { readonly kind: 'end' }
  | { readonly kind: 'broken' }

const BRACES = /\{\{((?:[^{}]|\{(?!\{)|\}(?!\}))*)\}\}/g
const SLOT =
  /^(?<before>[^a-z_!?|#/]*)(?<path>[a-z_]\w*(?:\.[a-z_]\w*)*)(?<optional>\?)?(?<primary>!)?(?:\s+as\s+(?<style>\w+))?(?<late>\s*\?)?(?<after>[^\w!?|]*)(?<rest>\|\s*rest\s*)?$/i

const STYLES: ReadonlySet<string> = new Set<SlotStyle>(['box', 'word', 'link', 'stem'])

/** Cuts a line of a template into fixed text and braces, and reports every pair that is not understood. */
export function tokenizeLine(line: string, number: number, problems: ProblemList): LineToken[] {
  const tokens: LineToken[] = []
  let end = 0
  for (const match of line.matchAll(BRACES)) {
    if (match.index > end) pushText(tokens, line.slice(end, match.index), number, problems)
    tokens.push(readBraces((match[1] ?? '').trim(), match[1] ?? '', number, problems))
    end = match.index + match[0].length
  }
  if (end < line.length) pushText(tokens, line.slice(end), number, problems)
  return tokens
}

/** Tells whether a line has braces of any kind in it, whole or not. */
export function hasBraces(line: string): boolean {
  return line.includes('{{') || line.includes('}}')
}

/** The fixed text of some tokens, joined. */
export function fixedText(tokens: readonly LineToken[]): string {
  return tokens.map((token) => (token.kind === 'text' ? token.text : '')).join('')
}

function pushText(tokens: LineToken[], text: string, number: number, problems: ProblemList): void {
  if (hasBraces(text)) {
    problems.add(
      number,
      `“${text.trim()}” has braces that are not closed or not opened`,
      'write a slot as {{field}} or {{field?}} on one line',
    )
    tokens.push({ kind: 'broken' })
  } else tokens.push({ kind: 'text', text })
}

function readBraces(inner: string, raw: string, line: number, problems: ProblemList): LineToken {
  if (inner.startsWith('#') || inner.startsWith('/')) return readBlock(inner, line, problems)
  const groups = SLOT.exec(raw)?.groups
  const path = groups?.['path']
  if (groups === undefined || path === undefined) {
    problems.add(
      line,
      `“{{${raw}}}” is not a slot`,
      'a slot is {{field}}, {{field?}} or {{field? as stem}}; filters and conditions stand in the overview only',
    )
    return { kind: 'broken' }
  }
  if (groups['primary'] !== undefined || groups['rest'] !== undefined) {
    const sign = groups['rest'] === undefined ? '!' : '| rest'
    problems.add(line, `“${sign}” in a slot is not supported yet`, `write {{${path}}}`)
    return { kind: 'broken' }
  }
  const style = groups['style'] ?? null
  if (style !== null && !STYLES.has(style)) {
    problems.add(
      line,
      `“as ${style}” is not a style that is supported`,
      `use one of ${[...STYLES].join(', ')}`,
    )
    return { kind: 'broken' }
  }
  const optional = groups['optional'] !== undefined || groups['late'] !== undefined
  return {
    kind: 'slot',
    slot: { path, optional, style: style as SlotStyle | null, line },
    before: affix(groups['before']),
    after: affix(groups['after']),
  }
}

function affix(text: string | undefined): string {
  return text === undefined || text.trim() === '' ? '' : text
}

function readBlock(inner: string, line: number, problems: ProblemList): LineToken {
  if (inner === '/each') return { kind: 'end' }
  const each = /^#each\s+(\w+)\s*(.*)$/.exec(inner)
  if (each !== null) return { kind: 'each', field: each[1] ?? '', options: (each[2] ?? '').trim() }
  problems.add(
    line,
    `“{{${inner}}}” is not a block that is supported`,
    'only {{#each groups}} and {{#each tasks tree}} with {{/each}} are, in board.md',
  )
  return { kind: 'broken' }
}
