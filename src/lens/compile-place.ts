import type { FieldSpec, FieldType, KindCatalogue } from '../model/field.ts'
import { nearest } from '../model/nearest.ts'
import type { ProblemList } from './compile-problem.ts'
import { fold } from './fold.ts'
import type { Slot, SlotStyle } from './template.ts'

/** Where in an authored document a slot can stand. */
export type PlaceKind = 'front matter' | 'heading' | 'body'

const TYPES: Readonly<Record<PlaceKind, ReadonlySet<FieldType['kind']>>> = {
  'front matter': new Set([
    'text',
    'enum',
    'number',
    'date',
    'flag',
    'list',
    'reference',
    'references',
  ]),
  heading: new Set(['text', 'enum', 'number', 'date']),
  body: new Set(['markdown', 'checklist', 'comments', 'list']),
}

/** Front-matter key and path of a document's identity, which no catalogue lists. */
export const ID_FIELD = 'id'

/** Checks the slots of one template against the catalogue; remembers which fields have a place already. */
export class PlaceCheck {
  readonly #catalogue: KindCatalogue
  readonly #problems: ProblemList
  readonly #placed = new Map<string, number>()
  readonly #owners: ReadonlyMap<string, string>

  constructor(catalogue: KindCatalogue, problems: ProblemList) {
    this.#catalogue = catalogue
    this.#problems = problems
    this.#owners = ownersOf(catalogue)
  }

  /** Line of the place that a field has, or null. */
  lineOf(path: string): number | null {
    return this.#placed.get(path) ?? null
  }

  /** Reports whatever keeps `slot` from standing at `place`. */
  check(slot: Slot, place: PlaceKind): void {
    const spec = this.#catalogue.get(slot.path)
    if (slot.path === ID_FIELD) this.#checkId(slot, place)
    else if (spec === undefined) this.#reportUnknown(slot)
    else this.#checkField(slot, spec, place)
    this.#checkOnce(slot)
  }

  /** Reports a key that readers would take for another field. */
  checkKey(key: string, slot: Slot): void {
    if (slot.path === ID_FIELD && key !== ID_FIELD) {
      this.#problems.add(
        slot.line,
        `the id has the key “${key}”, by which nothing finds it`,
        'write id: {{id}}',
      )
      return
    }
    const owner = this.#ownerOf(key)
    if (owner === null || owner === slot.path || !this.#isKnown(slot.path)) return
    this.#problems.add(
      slot.line,
      `the key “${key}” is read as ${owner}, but its slot holds ${slot.path}`,
      `write ${owner}: {{${owner}}}, or give ${slot.path} a key of its own`,
    )
  }

  #isKnown(path: string): boolean {
    return path === ID_FIELD || this.#catalogue.has(path)
  }

  #ownerOf(key: string): string | null {
    return key === ID_FIELD ? ID_FIELD : (this.#owners.get(fold(key)) ?? null)
  }

  #checkId(slot: Slot, place: PlaceKind): void {
    if (place === 'front matter' && !slot.optional && slot.style === null) return
    this.#problems.add(
      slot.line,
      'the id stands in the front matter, always and as it is',
      'write id: {{id}} between the --- lines',
    )
  }

  #checkField(slot: Slot, spec: FieldSpec, place: PlaceKind): void {
    if (spec.home !== 'document') {
      const home = spec.home === 'path' ? 'in the place of the file' : 'in the database only'
      this.#problems.add(slot.line, `${slot.path} is kept ${home}`, 'leave its slot out')
      return
    }
    if (!TYPES[place].has(spec.type.kind)) {
      this.#problems.add(
        slot.line,
        `${slot.path} (${spec.type.kind}) cannot stand in a ${place}`.replace('a front', 'front'),
        `put it into ${placesOf(spec.type)}`,
      )
      return
    }
    const style = slot.style
    if (style !== null && !fitsStyle(style, spec.type, place)) {
      this.#problems.add(
        slot.line,
        `“as ${style}” does not fit ${slot.path} here`,
        style === 'stem'
          ? 'it is for references in front matter; leave it out'
          : 'it is for the lists of board.md; leave it out',
      )
    }
  }

  #reportUnknown(slot: Slot): void {
    const names = [...this.#catalogue.keys(), ID_FIELD]
    const near = this.#ownerOf(slot.path) ?? nearest(slot.path, names, (name) => name)[0] ?? null
    this.#problems.add(
      slot.line,
      `no field is called ${slot.path}`,
      near === null
        ? `fields are ${[ID_FIELD, ...this.#catalogue.keys()].join(', ')}; keys of your own need no slot`
        : `did you mean {{${near}}}?`,
    )
  }

  #checkOnce(slot: Slot): void {
    const before = this.#placed.get(slot.path)
    if (before === undefined) this.#placed.set(slot.path, slot.line)
    else {
      this.#problems.add(
        slot.line,
        `${slot.path} has a place already, at line ${before}; several places of one field are not supported yet`,
        'leave one of the two out',
      )
    }
  }
}

/** Fields by every folded word that stands for them as a key. */
function ownersOf(catalogue: KindCatalogue): ReadonlyMap<string, string> {
  const owners = new Map<string, string>()
  for (const spec of catalogue.values()) {
    for (const alias of spec.aliases) owners.set(fold(alias), spec.name)
  }
  for (const name of catalogue.keys()) owners.set(fold(name), name)
  return owners
}

function fitsStyle(style: SlotStyle, type: FieldType, place: PlaceKind): boolean {
  const references = type.kind === 'reference' || type.kind === 'references'
  return style === 'stem' && references && place === 'front matter'
}

function placesOf(type: FieldType): string {
  const places: string[] = []
  if (TYPES['front matter'].has(type.kind)) places.push('the front matter')
  if (TYPES.heading.has(type.kind)) places.push('a heading')
  if (TYPES.body.has(type.kind)) places.push('a paragraph of its own under a heading')
  return places.join(' or ')
}
