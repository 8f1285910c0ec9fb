import type { Heading } from '../markdown/blocks.ts'
import type { FrontMatterEntry } from '../markdown/front-matter.ts'
import { isBlankLine } from '../markdown/lines.ts'
import type { MarkdownScan } from '../markdown/scan.ts'
import { stemOf } from '../model/document.ts'
import { idOfStem } from '../model/id.ts'
import { slugify } from '../model/layout.ts'
import { unescapeInline } from './codec/inline-escape.ts'
import { fold } from './fold.ts'
import { type Region, scanGuarded } from './regions.ts'
import type { SectionNode, TemplateIndex } from './template-index.ts'

/** A section of the template as the text has it. */
export interface BoundSection {
  readonly node: SectionNode
  /** Index of its heading, or -1 where the text starts without the heading that the template has. */
  readonly heading: number
  /** First line behind the heading. */
  readonly bodyLine: number
  /** Exclusive: where the next heading stands that the template names, or the text ends. */
  readonly bodyEnd: number
  /** Exclusive: like `bodyEnd`, but ended by any heading of the section's level or above. */
  readonly ownEnd: number
}

/** Which places of a template a text has, before any value is read. */
export interface Binding {
  readonly index: TemplateIndex
  readonly scan: MarkdownScan
  readonly regions: ReadonlyMap<string, Region>
  readonly stray: readonly { readonly field: string; readonly line: number }[]
  /** Front-matter entries by field, the first of several first. */
  readonly entries: ReadonlyMap<string, readonly FrontMatterEntry[]>
  /** Entries of keys that no field answers to, by key. */
  readonly custom: ReadonlyMap<string, readonly FrontMatterEntry[]>
  readonly sections: ReadonlyMap<SectionNode, BoundSection>
  /** Headings that repeat one that is bound, and bound ones that stand elsewhere than the template has them. */
  readonly repeated: readonly number[]
  readonly moved: readonly number[]
  /** Indexes of headings that end bodies, ascending. */
  readonly named: readonly number[]
}

/**
 * Finds the places of a template in `text`. Linear in the text; never fails. Of several headings that
 * could be its title, the one counts that the file at `path` is called by.
 */
export function bindDocument(index: TemplateIndex, text: string, path: string): Binding {
  const { scan, regions, stray } = scanGuarded(text, index.bodies)
  const entries = new Map<string, FrontMatterEntry[]>()
  const custom = new Map<string, FrontMatterEntry[]>()
  for (const entry of scan.frontMatter?.entries ?? []) {
    const field = index.fieldOfKey(entry.key)
    const map = field === null ? custom : entries
    const known = map.get(field ?? entry.key)
    if (known === undefined) map.set(field ?? entry.key, [entry])
    else known.push(entry)
  }
  const matcher = new SectionMatcher(index, scan, titleSlugOf(path))
  return { index, scan, regions, stray, entries, custom, ...matcher.match() }
}

/** Slug of the title in the name of a file: what stands behind its id. */
function titleSlugOf(path: string): string {
  const stem = stemOf(path)
  const id = idOfStem(stem)
  return id === null ? stem : stem.slice(id.length + 1)
}

/** What people call the text under a title where they give it a heading of its own. */
export const OWN_HEADINGS: ReadonlySet<string> = new Set([
  'description',
  'beschreibung',
  'descripción',
  'descripcion',
])

class SectionMatcher {
  readonly #index: TemplateIndex
  readonly #scan: MarkdownScan
  readonly #slug: string
  readonly #words: (string | undefined)[] = []
  readonly #claims = new Map<number, SectionNode>()
  readonly #headings = new Map<SectionNode, number>()
  readonly #repeated = new Set<number>()
  readonly #moved: number[] = []
  /** Index of the heading that encloses each heading by level, or -1. */
  readonly #enclosing: number[] = []

  constructor(index: TemplateIndex, scan: MarkdownScan, slug: string) {
    this.#index = index
    this.#scan = scan
    this.#slug = slug
    const open: number[] = []
    for (const [at, heading] of scan.headings.entries()) {
      while (open.length > 0 && this.#level(open.at(-1) ?? -1) >= heading.level) open.pop()
      this.#enclosing.push(open.at(-1) ?? -1)
      open.push(at)
    }
  }

  match(): Pick<Binding, 'sections' | 'repeated' | 'moved' | 'named'> {
    this.#matchChildren(this.#index.root, 0, this.#scan.headings.length, -1)
    for (const node of this.#index.nodes) this.#matchElsewhere(node)
    const named = [...this.#claims.keys(), ...this.#repeated].sort((a, b) => a - b)
    const sections = new Map<SectionNode, BoundSection>()
    for (const node of this.#index.nodes) {
      const heading = this.#headings.get(node)
      if (heading !== undefined) sections.set(node, this.#bound(node, heading, named))
      else if (node.section.heading === null || this.#standsIn(node)) {
        sections.set(node, this.#bound(node, -1, named))
      }
    }
    const repeated = [...this.#repeated]
    return { sections, repeated, moved: this.#moved, named }
  }

  /** A first heading with a slot that is not there: what the text starts with is its body all the same. */
  #standsIn(node: SectionNode): boolean {
    const { parent, section } = node
    if (section.heading?.kind !== 'slot' || parent?.parent !== null) return false
    return parent.section.body === null && parent.children[0] === node
  }

  #bound(node: SectionNode, heading: number, named: readonly number[]): BoundSection {
    const { headings, lines, bodyLine } = this.#scan
    const lineOf = (at: number | undefined): number =>
      at === undefined ? lines.length : (headings[at]?.line ?? lines.length)
    const level = heading === -1 ? 0 : this.#level(heading)
    const bodyEnd = lineOf(named.find((at) => at > heading))
    let own = heading + 1
    while (own < headings.length && this.#level(own) > level) own++
    return {
      node,
      heading,
      bodyLine: heading === -1 ? bodyLine : (headings[heading]?.endLine ?? bodyLine),
      bodyEnd,
      ownEnd: Math.min(bodyEnd, lineOf(own < headings.length ? own : undefined)),
    }
  }

  #level(at: number): number {
    return this.#scan.headings[at]?.level ?? 0
  }

  #matchChildren(node: SectionNode, from: number, to: number, parent: number): void {
    const fixed = node.children.filter(({ section }) => section.heading?.kind === 'fixed')
    const slots = node.children.filter(({ section }) => section.heading?.kind === 'slot')
    for (const child of fixed) this.#matchFixed(child, from, to)
    for (const child of slots) this.#matchSlot(node, child, from, to)
    for (const child of fixed) this.#matchOtherLevel(child, from, to, parent)
    for (const child of node.children) {
      const heading = this.#headings.get(child)
      if (heading === undefined) {
        if (child.section.heading?.kind === 'slot') this.#matchChildren(child, from, to, parent)
        continue
      }
      this.#matchChildren(child, heading + 1, this.#nextClaim(heading, to), heading)
    }
  }

  #nextClaim(heading: number, to: number): number {
    let next = to
    for (const at of this.#claims.keys()) if (at > heading && at < next) next = at
    return next
  }

  /**
   * The first heading of the child's title at its level, which further ones repeat; else the first one
   * of its other words.
   */
  #matchFixed(node: SectionNode, from: number, to: number): void {
    let [found, other] = [-1, -1]
    for (let at = from; at < to; at++) {
      if (this.#level(at) !== node.section.level || this.#claims.has(at)) continue
      const word = node.words.indexOf(this.#word(at))
      if (word > 0 && other === -1) other = at
      else if (word === 0 && found === -1) found = at
      else if (word === 0) this.#repeated.add(at)
    }
    if (found !== -1) this.#claim(found, node)
    else if (other !== -1) this.#claim(other, node)
  }

  /** Else one at another level, which stands right under the parent or in a section without prose. */
  #matchOtherLevel(node: SectionNode, from: number, to: number, parent: number): void {
    if (this.#headings.has(node)) return
    for (let at = from; at < to; at++) {
      if (this.#claims.has(at) || !node.words.includes(this.#word(at))) continue
      const enclosing = this.#enclosing[at] ?? -1
      const body = this.#claims.get(enclosing)?.section.body?.path
      const free = body !== undefined && !this.#index.bodies.has(body)
      if (enclosing !== parent && !free) continue
      this.#claim(at, node)
      return
    }
  }

  /**
   * Of the headings at the slot's level that fit its affixes and are no sibling's, the one that the
   * file is called by, else the first. Where there is none, one of another level that it is called by,
   * or that stands above all else and has none of its own level beside it.
   */
  #matchSlot(parent: SectionNode, node: SectionNode, from: number, to: number): void {
    const { heading, level } = node.section
    if (heading?.kind !== 'slot') return
    let [first, elsewhere] = [-1, -1]
    for (let at = from; at < to; at++) {
      const candidate = this.#scan.headings[at]
      if (candidate === undefined || this.#claims.has(at)) continue
      if (candidate.level !== level && (elsewhere !== -1 || first !== -1)) continue
      const taken = parent.children.some((sibling) => sibling.words.includes(this.#word(at)))
      const span = taken ? null : slotSpan(this.#scan, candidate, heading)
      if (span === null) continue
      const named = this.#isNamedBy(span)
      if (candidate.level === level && named) return this.#claim(at, node)
      if (candidate.level === level && first === -1) first = at
      else if (named && elsewhere === -1) elsewhere = at
    }
    const top = parent.parent === null && from === 0 ? this.#topHeading(heading) : -1
    const found = [first, elsewhere, top].find((at) => at !== -1)
    if (found !== undefined) this.#claim(found, node)
  }

  /** The heading that the body begins with, where all others are below it and it is no section's. */
  #topHeading(slot: { readonly prefix: string; readonly suffix: string }): number {
    const [top, ...others] = this.#scan.headings
    if (
      top === undefined ||
      this.#claims.has(0) ||
      others.some(({ level }) => level <= top.level)
    ) {
      return -1
    }
    const above = this.#scan.lines.slice(this.#scan.bodyLine, top.line)
    if (above.some((line) => !isBlankLine(this.#scan.text, line))) return -1
    const word = this.#word(0)
    const isSection = this.#index.nodes.some((node) => node.words.includes(word))
    return isSection || OWN_HEADINGS.has(word) || slotSpan(this.#scan, top, slot) === null ? -1 : 0
  }

  /** Whether the file's name is made of the title in `span`. */
  #isNamedBy({ start, end }: { readonly start: number; readonly end: number }): boolean {
    if (this.#slug === '' || end - start > LONGEST) return false
    return slugify(unescapeInline(this.#scan.text.slice(start, end))) === this.#slug
  }

  /** A heading of fixed words that stands outside every other section, and is the only one to do so. */
  #matchElsewhere(node: SectionNode): void {
    if (node.words.length === 0 || this.#headings.has(node)) return
    const found: number[] = []
    for (const [at] of this.#scan.headings.entries()) {
      if (this.#enclosing[at] !== -1 || this.#claims.has(at)) continue
      if (node.words.includes(this.#word(at))) found.push(at)
    }
    const [only] = found
    if (only === undefined || found.length > 1) return
    this.#claim(only, node)
    this.#moved.push(only)
  }

  #claim(at: number, node: SectionNode): void {
    this.#claims.set(at, node)
    this.#headings.set(node, at)
  }

  #word(at: number): string {
    const known = this.#words[at]
    if (known !== undefined) return known
    const heading = this.#scan.headings[at]
    const word = heading === undefined ? '' : fold(headingSource(this.#scan, heading))
    this.#words[at] = word
    return word
  }
}

/** Longest heading whose words are compared; nobody's section is called by more. */
const LONGEST = 200

function headingSource(scan: MarkdownScan, { textStart, textEnd }: Heading): string {
  return scan.text.slice(textStart, Math.min(textEnd, textStart + LONGEST))
}

/**
 * Span of a heading slot's value, or null where the heading does not fit the slot's affixes. Blanks
 * at the affixes are soft: an editor that strips them changes nothing.
 */
export function slotSpan(
  scan: MarkdownScan,
  heading: Heading,
  { prefix, suffix }: { readonly prefix: string; readonly suffix: string },
): { readonly start: number; readonly end: number } | null {
  const { text } = scan
  const before = prefix.trim()
  const after = suffix.trim()
  if (!text.startsWith(before, heading.textStart)) return null
  if (!text.endsWith(after, heading.textEnd) && after !== '') return null
  let start = heading.textStart + before.length
  let end = heading.textEnd - after.length
  if (start > end || !text.slice(start, heading.textEnd).endsWith(after)) return null
  while (start < end && /[ \t]/.test(text[start] ?? '')) start++
  while (end > start && /[ \t]/.test(text[end - 1] ?? '')) end--
  return { start, end }
}
