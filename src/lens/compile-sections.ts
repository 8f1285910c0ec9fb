import type { PlaceCheck } from './compile-place.ts'
import type { ProblemList } from './compile-problem.ts'
import { type LineToken, fixedText, hasBraces, tokenizeLine } from './compile-slot.ts'
import { fold } from './fold.ts'
import type { Slot, TemplateHeading, TemplateSection } from './template.ts'

interface OpenSection {
  readonly level: number
  heading: TemplateHeading | null
  body: Slot | null
  readonly children: OpenSection[]
  readonly line: number
}

/** A heading's line cut into its level and its content without closing hashes. */
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$/
const FENCE = /^ {0,3}(```|~~~)/
const ALIAS = /^<!--[ \t]*dx:alias[ \t]+(.*?)[ \t]*-->$/

/** Level and content of an ATX heading of a template, or null where the line is none. */
export function readTemplateHeading(line: string): { level: number; content: string } | null {
  const match = HEADING.exec(line)
  return match === null ? null : { level: match[1]?.length ?? 1, content: match[2] ?? '' }
}

/** Reads the sections of an authored document's template from line index `from` on. */
export function compileSections(
  lines: readonly string[],
  from: number,
  check: PlaceCheck,
  problems: ProblemList,
): TemplateSection {
  const root: OpenSection = { level: 0, heading: null, body: null, children: [], line: from + 1 }
  const open: OpenSection[] = [root]
  for (let index = from; index < lines.length; index++) {
    const line = (lines[index] ?? '').trimEnd()
    const number = index + 1
    if (line === '') continue
    if (FENCE.test(line)) {
      index = skipFence(lines, index, problems)
      continue
    }
    const heading = readTemplateHeading(line)
    if (heading !== null) {
      while ((open.at(-1)?.level ?? 0) >= heading.level) open.pop()
      const section = openSection(heading, number, check, problems)
      ;(open.at(-1) ?? root).children.push(section)
      open.push(section)
      continue
    }
    const section = open.at(-1) ?? root
    const alias = ALIAS.exec(line)
    if (alias !== null) addAliases(section, alias[1] ?? '', number, problems)
    else readBody(section, line, lines[index - 1] ?? '', number, { check, problems })
  }
  checkSiblings(root, problems)
  return root
}

/** Reports a code block; returns the index of its last line. */
function skipFence(lines: readonly string[], from: number, problems: ProblemList): number {
  const fence = FENCE.exec(lines[from] ?? '')?.[1] ?? '```'
  let end = from + 1
  while (end < lines.length && !(lines[end] ?? '').trimStart().startsWith(fence)) end++
  const slot = lines.slice(from, end).findIndex(hasBraces)
  problems.add(
    slot < 0 ? from + 1 : from + slot + 1,
    slot < 0 ? 'code blocks are not supported yet' : 'a slot cannot stand in code',
    'leave the code block out',
  )
  return end
}

function openSection(
  found: { level: number; content: string },
  line: number,
  check: PlaceCheck,
  problems: ProblemList,
): OpenSection {
  const heading = readHeading(found.content, line, problems)
  if (heading.kind === 'slot') check.check(heading.slot, 'heading')
  return { level: found.level, heading, body: null, children: [], line }
}

function readHeading(content: string, line: number, problems: ProblemList): TemplateHeading {
  const fixed: TemplateHeading = { kind: 'fixed', title: content, aliases: [] }
  if (!hasBraces(content)) {
    if (fold(content) === '') {
      problems.add(line, 'the heading has no words', 'give it words, or leave it out')
    }
    return fixed
  }
  const tokens = tokenizeLine(content, line, problems)
  if (tokens.some((token) => token.kind === 'broken')) return fixed
  const slots = tokens.filter((token) => token.kind === 'slot')
  const [token] = slots
  if (slots.length !== 1 || token === undefined || tokens.some(isBlock)) {
    reportCrowd(tokens, line, problems)
    return fixed
  }
  const at = tokens.indexOf(token)
  return {
    kind: 'slot',
    prefix: fixedText(tokens.slice(0, at)) + token.before,
    suffix: token.after + fixedText(tokens.slice(at + 1)),
    slot: token.slot,
  }
}

function isBlock(token: LineToken): boolean {
  return token.kind === 'each' || token.kind === 'end'
}

function reportCrowd(tokens: readonly LineToken[], line: number, problems: ProblemList): void {
  if (tokens.some(isBlock)) {
    problems.add(line, 'a list cannot stand in a heading', 'lists are for board.md')
    return
  }
  const touching = tokens.some(
    (token, index) => token.kind === 'slot' && tokens[index + 1]?.kind === 'slot',
  )
  problems.add(
    line,
    touching
      ? 'two slots touch: nothing tells where one value ends and the next begins'
      : 'a heading holds one slot',
    'give the second slot a key in the front matter',
  )
}

function addAliases(
  section: OpenSection,
  words: string,
  line: number,
  problems: ProblemList,
): void {
  const { heading } = section
  if (heading?.kind !== 'fixed' || section.body !== null) {
    problems.add(
      line,
      'other words for a heading stand right under a heading of fixed words',
      'move the dx:alias comment under its heading',
    )
    return
  }
  const aliases = words
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
  section.heading = { ...heading, aliases: [...heading.aliases, ...aliases] }
}

function readBody(
  section: OpenSection,
  line: string,
  previous: string,
  number: number,
  { check, problems }: { check: PlaceCheck; problems: ProblemList },
): void {
  if (!hasBraces(line)) {
    reportFixed(line, number, problems)
    return
  }
  const tokens = tokenizeLine(line, number, problems)
  if (tokens.some((token) => token.kind === 'broken')) return
  const [token] = tokens
  if (token?.kind !== 'slot' || tokens.length > 1 || token.before + token.after !== '') {
    reportMisplaced(line, tokens, number, problems)
    return
  }
  check.check(token.slot, 'body')
  if (section.body === null) section.body = token.slot
  else if (previous.trim() === '') {
    problems.add(
      number,
      `the section has a body already, at line ${section.body.line}; guarded bodies are not supported yet`,
      'put a heading between the two',
    )
  } else {
    problems.add(number, 'two slots touch in one paragraph', 'put a heading between the two')
  }
}

function reportFixed(line: string, number: number, problems: ProblemList): void {
  const comment = /^<!--[ \t]*(\/?dx:gen)?/.exec(line)
  if (comment === null) {
    problems.add(
      number,
      `“${line.trim()}” is fixed text, which is not supported yet outside headings`,
      'leave it out, or make it a heading',
    )
  } else {
    const what = comment[1] === undefined ? 'comments other than dx:alias' : 'generated regions'
    problems.add(number, `${what} are not supported yet in authored documents`, 'leave it out')
  }
}

function reportMisplaced(
  line: string,
  tokens: readonly LineToken[],
  number: number,
  problems: ProblemList,
): void {
  const hint = 'a slot stands alone in its paragraph, in a heading, or as a front-matter value'
  problems.add(number, misplacement(line, tokens), hint)
}

function misplacement(line: string, tokens: readonly LineToken[]): string {
  if (tokens.some(isBlock)) return 'lists are supported in board.md only'
  if (/^( {4}|\t)/.test(line) || /`/.test(line)) return 'a slot cannot stand in code'
  if (/^ {0,3}>/.test(line)) return 'a slot cannot stand in a quote'
  if (/^\s*\|/.test(line)) return 'table rows are not supported yet'
  if (/^\s*([-*+]\s+)?(\*\*|__)/.test(line)) return 'labels are not supported yet'
  if (/^\s*([-*+]|\d+[.)])\s/.test(line)) return 'a slot cannot stand in a list item'
  if (/\]\([^)]*\{\{/.test(line)) return 'a slot cannot stand in a link'
  if (tokens.every((token) => token.kind === 'slot')) return 'two slots touch'
  return 'a slot cannot stand in running text'
}

function checkSiblings(section: OpenSection, problems: ProblemList): void {
  const words = new Map<string, number>()
  let slot: number | null = null
  for (const child of section.children) {
    checkSiblings(child, problems)
    const { heading, line } = child
    if (heading?.kind === 'slot') {
      if (slot !== null) {
        problems.add(
          line,
          `line ${slot} has a heading with a slot at this place already: a reader could not tell the two apart`,
          'give one of the two a heading of fixed words and a paragraph of its own',
        )
      }
      slot = line
    } else if (heading !== null) {
      for (const word of [heading.title, ...heading.aliases]) {
        const before = words.get(fold(word))
        if (before !== undefined) {
          problems.add(
            line,
            `“${word}” reads the same as the heading or alias at line ${before}`,
            'use other words for one of the two',
          )
        }
        words.set(fold(word), line)
      }
    }
  }
}
