import { ID_FIELD, type PlaceCheck } from './compile-place.ts'
import type { ProblemList } from './compile-problem.ts'
import { hasBraces, tokenizeLine } from './compile-slot.ts'
import { fold } from './fold.ts'
import type { FrontMatterPlace } from './template.ts'

/** Front matter of a template, and the index of the first line after it. */
export interface CompiledFrontMatter {
  readonly places: readonly FrontMatterPlace[]
  readonly next: number
}

const ENTRY = /^([^\s#:'"[\]{},&*!|>%@`-][^:#]*?)[ \t]*:(?:[ \t]+(.*?))?[ \t]*$/

/** Reads the front matter of an authored document's template: one slot per key, nothing else. */
export function compileFrontMatter(
  lines: readonly string[],
  check: PlaceCheck,
  problems: ProblemList,
): CompiledFrontMatter {
  const places: FrontMatterPlace[] = []
  const close = lines[0] === '---' ? lines.indexOf('---', 1) : -1
  if (close < 0) {
    problems.add(
      1,
      lines[0] === '---' ? 'the front matter is not closed' : 'there is no front matter',
      'begin with a line ---, then one “key: {{field}}” a line with at least id: {{id}}, then ---',
    )
    return { places, next: lines[0] === '---' ? lines.length : 0 }
  }
  const keys = new Map<string, number>()
  for (let index = 1; index < close; index++) {
    const place = readEntry(lines[index] ?? '', index + 1, problems)
    if (place === null) continue
    const before = keys.get(fold(place.key))
    if (before === undefined) keys.set(fold(place.key), index + 1)
    else {
      const message = `the key “${place.key}” stands at line ${before} already`
      problems.add(index + 1, message, 'rename one of the two')
    }
    check.check(place.slot, 'front matter')
    check.checkKey(place.key, place.slot)
    places.push(place)
  }
  if (check.lineOf(ID_FIELD) === null) {
    problems.add(1, 'the id has no place', 'add a line id: {{id}} to the front matter')
  }
  return { places, next: close + 1 }
}

function readEntry(line: string, number: number, problems: ProblemList): FrontMatterPlace | null {
  if (line.trim() === '') return null
  const match = ENTRY.exec(line)
  if (match === null) {
    problems.add(number, `“${line}” is not front matter`, 'write one “key: {{field}}” a line')
    return null
  }
  const key = match[1] ?? ''
  const value = match[2] ?? ''
  if (!hasBraces(value)) {
    problems.add(
      number,
      `the value of “${key}” is fixed text, which is not supported yet`,
      'let a slot be the whole value, or leave the line out',
    )
    return null
  }
  const tokens = tokenizeLine(value, number, problems)
  const [token] = tokens
  if (tokens.length === 1 && token?.kind === 'slot' && token.before + token.after === '') {
    return { key, slot: token.slot }
  }
  if (tokens.some((token) => token.kind === 'broken')) return null
  problems.add(
    number,
    `the slot is only a part of the value of “${key}”`,
    'let the slot be the whole value, without quotes or other text',
  )
  return null
}
