import { isBlankLine, splitLines, trimEnd } from '../markdown/lines.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { fieldOf, type KindCatalogue } from '../model/field.ts'
import { type FieldValue, sameValue } from '../model/value.ts'
import type { Binding } from './bind.ts'
import { heldNote, missingNote, renamedNote } from './lens-notes.ts'
import type { Finding } from './read-fields.ts'
import type { DocumentBase, Reading } from './reading.ts'
import { ID_PLACE, type TemplatePlace } from './template-index.ts'

type Held = Extract<Reading, { kind: 'held' }>

/** What is taken of a text's findings, and what waits. */
export interface Judgement {
  readonly held: ReadonlyMap<string, Held>
  /** Fields whose place the base had and the text has no more, to be cleared. */
  readonly cleared: ReadonlySet<string>
  /** Whether the text as a whole cannot be what someone meant. */
  readonly damaged: boolean
  readonly diagnostics: readonly Diagnostic[]
}

interface Case {
  readonly binding: Binding
  readonly found: ReadonlyMap<string, Finding>
  readonly base: DocumentBase
  readonly before: Binding
  readonly catalogue: KindCatalogue
}

/** Why a text as a whole cannot be what someone meant, or null. */
type Damage = 'empty' | 'prefix' | 'front matter' | 'no front matter' | 'region' | 'open'

const REASONS: Readonly<Record<Damage, string>> = {
  empty: 'the file is empty',
  prefix: 'the file ends in the middle of what it said before',
  'front matter': 'the front matter is not whole',
  'no front matter': 'the front matter is gone, or does not begin in the first line any more',
  region: 'a mark around a text has lost its partner',
  open: 'a block is never closed and something is missing',
}

/**
 * Judges a text against its base: a half-written one must not clear or cut anything.
 *
 * Law: a text that is a proper prefix of the base, has no bytes, or lost the shape of its front
 * matter changes no field.
 */
export function judge(
  binding: Binding,
  found: ReadonlyMap<string, Finding>,
  base: DocumentBase,
  before: () => Binding,
  catalogue: KindCatalogue,
): Judgement {
  const gone = [...goneFields(binding, found, base, catalogue, before)]
  const wholesale = quickDamage(binding, base, before)
  const differing = [...found].filter(([name, finding]) => differs(catalogue, base, name, finding))
  const unchanged = gone.length === 0 && differing.length === 0
  const sound = wholesale === null && binding.scan.open === null && !losesItems(differing, base)
  if (unchanged || (gone.length === 0 && sound)) {
    const damaged = wholesale !== null
    return { held: new Map(), cleared: new Set(), damaged, diagnostics: [] }
  }
  const subject: Case = { binding, found, base, before: before(), catalogue }
  const damage = wholesale ?? openDamage(subject, gone, differing)
  const names = [...differing.map(([name]) => name), ...gone]
  if (damage !== null) return holdAll(subject, names, damage)
  return judgePlaces(subject, gone, new Map(differing))
}

/** Fields that the base had a place for, and the text has none. */
function* goneFields(
  { index }: Binding,
  found: ReadonlyMap<string, Finding>,
  base: DocumentBase,
  catalogue: KindCatalogue,
  before: () => Binding,
): Iterable<string> {
  const names = new Set(base.fields.keys())
  for (const [name, place] of index.places) {
    if (name !== ID_PLACE && !isOptional(place) && catalogue.get(name)?.default !== null)
      names.add(name)
  }
  for (const name of names) {
    if (!found.has(name) && hadPlace(before(), name)) yield name
  }
}

function isOptional(place: TemplatePlace): boolean {
  return place.kind === 'front-matter' ? place.place.slot.optional : place.slot.optional
}

function hadPlace({ index, entries, custom, sections }: Binding, name: string): boolean {
  if (entries.has(name) || custom.has(name)) return true
  const place = index.places.get(name)
  if (place === undefined || place.kind === 'front-matter') return false
  const section = sections.get(place.node)
  return section !== undefined && (place.kind === 'body' || section.heading !== -1)
}

function differs(
  catalogue: KindCatalogue,
  base: DocumentBase,
  name: string,
  finding: Finding,
): boolean {
  return (
    finding.kind === 'value' && !sameValue(finding.value, fieldOf(catalogue, base.fields, name))
  )
}

function quickDamage(
  { scan, stray }: Binding,
  base: DocumentBase,
  before: () => Binding,
): Damage | null {
  const { text } = scan
  if (/^[\s\u{FEFF}]*$/u.test(text) && base.text.trim() !== '') return 'empty'
  if (text.length < base.text.length && base.text.startsWith(text)) {
    const rest = base.text.slice(text.length)
    if (rest !== '\n' && rest !== '\r\n') return 'prefix'
  }
  if (scan.head.kind === 'broken') return 'front matter'
  if (scan.head.kind === 'none' && before().scan.head.kind === 'whole') {
    return 'no front matter'
  }
  return stray.length > 0 ? 'region' : null
}

/** A block that is open at the end counts as damage when something is missing. */
function openDamage(
  { binding, base }: Case,
  gone: readonly string[],
  differing: readonly (readonly [string, Finding])[],
): Damage | null {
  if (binding.scan.open === null) return null
  return gone.length > 0 || losesItems(differing, base) ? 'open' : null
}

function losesItems(
  differing: readonly (readonly [string, Finding])[],
  base: DocumentBase,
): boolean {
  return differing.some(([name, finding]) => {
    const old = base.fields.get(name) ?? null
    if (finding.kind !== 'value' || !Array.isArray(old)) return false
    return !Array.isArray(finding.value) || finding.value.length < old.length
  })
}

function holdAll(subject: Case, names: readonly string[], damage: Damage): Judgement {
  const held = new Map<string, Held>()
  for (const name of names) held.set(name, heldUntilSaved(subject, name))
  const hint = damage === 'no front matter' ? HEADLESS_HINT : undefined
  const diagnostics =
    names.length === 0 ? [] : [heldNote(names, null, REASONS[damage], 'new-save', hint)]
  return { held, cleared: new Set(), damaged: true, diagnostics }
}

const HEADLESS_HINT =
  'put the front matter back; or save the file once more as it is (or `diptych sync --accept FILE`): its text is taken then, and the front matter is written above it'

/** Whether the front matter that was there is gone as a whole. */
function isHeadless({ binding, before }: Case): boolean {
  return binding.scan.head.kind === 'none' && before.scan.head.kind === 'whole'
}

/** A field of front matter that is gone as a whole keeps its value, and so does one that must have a place. */
function heldUntilSaved(subject: Case, name: string): Held {
  const place = subject.binding.index.places.get(name)
  const inHead = subject.before.entries.has(name) || subject.before.custom.has(name)
  const required = place !== undefined && !isOptional(place)
  const keeps = required || (inHead && isHeadless(subject))
  const line = lineOf(subject.found.get(name))
  return { kind: 'held', release: 'new-save', line, ...(keeps ? { keeps } : {}) }
}

function lineOf(finding: Finding | undefined): number | null {
  return finding === undefined ? null : finding.line + 1
}

/** Decides place by place in a text that is well formed as a whole. */
function judgePlaces(
  subject: Case,
  gone: readonly string[],
  differing: ReadonlyMap<string, Finding>,
): Judgement {
  const held = new Map<string, Held>()
  const cleared = new Set<string>()
  const diagnostics: Diagnostic[] = []
  const hold = (name: string, why: string): void => {
    if (held.has(name)) return
    const finding = subject.found.get(name)
    held.set(name, { kind: 'held', release: 'quiet', line: lineOf(finding) })
    diagnostics.push(heldNote([name], finding?.line ?? null, why, 'quiet'))
  }
  const dropped = droppedKeys(subject, gone)
  for (const name of dropped) held.set(name, heldUntilSaved(subject, name))
  if (dropped.length > 0) {
    const why = 'most keys of the front matter are gone at once'
    diagnostics.push(heldNote(dropped, null, why, 'new-save'))
  }
  for (const name of gone) {
    if (held.has(name)) continue
    const above = swallower(subject, name)
    if (above !== null && differing.has(above)) hold(above, `the place of ${name} is gone`)
    judgeGone(subject, name, { hold, cleared, diagnostics })
  }
  if (gone.length > 0 && lostFinalNewline(subject)) {
    const last = lastField(subject)
    if (last !== null && differing.has(last)) hold(last, 'the file ends in the middle of a line')
  }
  for (const [name, finding] of differing) {
    if (hasOrphans(subject, name, finding)) hold(name, 'an item of it still stands as text')
  }
  return { held, cleared, damaged: false, diagnostics }
}

/** Fewest keys whose loss at once is more likely an accident than someone's will. */
const MANY_KEYS = 4

/** The keys that are gone, where they are many and more than stay: whoever wrote the file anew left them out. */
function droppedKeys({ before, binding }: Case, gone: readonly string[]): readonly string[] {
  const dropped = gone.filter((name) => before.entries.has(name) || before.custom.has(name))
  const kept = binding.entries.size + binding.custom.size
  return dropped.length >= MANY_KEYS && dropped.length > kept ? dropped : []
}

function judgeGone(
  subject: Case,
  name: string,
  out: {
    readonly hold: (name: string, why: string) => void
    readonly cleared: Set<string>
    readonly diagnostics: Diagnostic[]
  },
): void {
  const { binding, before } = subject
  const place = binding.index.places.get(name)
  const value = fieldOf(subject.catalogue, subject.base.fields, name)
  if (place !== undefined && !isOptional(place)) {
    out.diagnostics.push(missingNote(name, placeTitle(place)))
  } else if (before.entries.has(name) || before.custom.has(name)) {
    if (isBeingWritten(subject)) out.hold(name, 'the front matter is being written')
    else out.cleared.add(name)
  } else if (stillStands(subject, value)) {
    out.hold(name, 'its heading is gone and its text still stands')
    if (place !== undefined) out.diagnostics.push(renamedNote(name, null, placeTitle(place)))
  } else {
    out.cleared.add(name)
  }
}

/** Whether a line of the front matter is half-typed, or one that cannot be read may have taken others in. */
function isBeingWritten({ binding, found }: Case): boolean {
  if ((binding.scan.frontMatter?.stray.length ?? 0) > 0) return true
  return [...found.values()].some(
    ({ kind, places }) => kind === 'invalid' && places.some(({ place }) => place.kind === 'entry'),
  )
}

function placeTitle(place: TemplatePlace): string {
  if (place.kind === 'front-matter') return `${place.place.key}:`
  const { level, heading } = place.node.section
  const title = heading?.kind === 'fixed' ? heading.title : `{{${place.slot.path}}}`
  return heading === null ? 'its text' : `${'#'.repeat(level)} ${title}`
}

/** The prose or list field into whose section the place of `gone` falls when its heading is away. */
function swallower({ before, binding }: Case, gone: string): string | null {
  const place = before.index.places.get(gone)
  if (place === undefined || place.kind === 'front-matter') return null
  const was = before.sections.get(place.node)
  let above: string | null = null
  let line = -1
  for (const [node, section] of before.sections) {
    const body = node.section.body?.path
    if (body === undefined || body === gone || !binding.sections.has(node)) continue
    const start = section.heading === -1 ? 0 : section.bodyLine
    const within = was === undefined || section.heading < was.heading || place.kind === 'heading'
    if (within && start > line) {
      above = body
      line = start
    }
  }
  return above
}

const LEAST_SHARE = 0.5
/** Longer values are looked for line by line only. */
const MOST_SEARCHED = 200

/** Whether at least half of the lines of a value can still be read in the text. */
function stillStands({ binding }: Case, value: FieldValue): boolean {
  const wanted = linesOfValue(value)
  if (wanted.length === 0) return false
  const { text, lines } = binding.scan
  const present = new Set(
    lines.map(({ start, end }) => text.slice(start, trimEnd(text, start, end))),
  )
  const stands = (line: string): boolean =>
    present.has(line) || (line.length > 3 && wanted.length <= MOST_SEARCHED && text.includes(line))
  return wanted.filter(stands).length >= wanted.length * LEAST_SHARE
}

function linesOfValue(value: FieldValue): readonly string[] {
  const texts = Array.isArray(value)
    ? (value as readonly unknown[]).map((item) =>
        typeof item === 'string' ? item : ((item as { readonly text?: string }).text ?? ''),
      )
    : [typeof value === 'string' ? value : '']
  return texts
    .flatMap((text) =>
      splitLines(text).map(({ start, end }) => text.slice(start, trimEnd(text, start, end))),
    )
    .filter((line) => line.trim() !== '')
}

function lostFinalNewline({ binding, base }: Case): boolean {
  const ends = /[\r\n]$/
  return ends.test(base.text) && !ends.test(binding.scan.text)
}

/** The field whose place is the last in the text. */
function lastField({ found }: Case): string | null {
  let last: string | null = null
  let line = -1
  for (const [name, finding] of found) {
    if (finding.line >= line) {
      last = name
      line = finding.line
    }
  }
  return last
}

/** Whether an item that a list had and has no more still stands as text in its section. */
function hasOrphans({ binding, base }: Case, name: string, finding: Finding): boolean {
  const old = base.fields.get(name)
  if (finding.kind !== 'value' || !Array.isArray(old)) return false
  const place = finding.places.find((reading) => reading.place.kind === 'items')?.place
  if (place?.kind !== 'items') return false
  const kept = new Set(linesOfValue(finding.value))
  const lost = linesOfValue(old).filter((line) => !kept.has(line) && line.length > 2)
  if (lost.length === 0 || !Array.isArray(finding.value) || finding.value.length >= old.length)
    return false
  const { scan } = binding
  const items = new Set(scan.items.map(({ line }) => line))
  for (let at = place.section.bodyLine; at < place.section.ownEnd; at++) {
    const line = scan.lines[at]
    if (line === undefined || items.has(at) || isBlankLine(scan.text, line)) continue
    const source = scan.text.slice(line.start, line.end)
    if (lost.some((text) => source.indexOf(text) !== -1)) return true
  }
  return false
}
