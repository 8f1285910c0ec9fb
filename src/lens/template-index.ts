import type { KindCatalogue } from '../model/field.ts'
import { fold } from './fold.ts'
import type { EntityTemplate, FrontMatterPlace, Slot, TemplateSection } from './template.ts'

/**
 * Name under which the id of a document goes among its places, and the key of the front matter that
 * gives it: this spelling alone, quoted or not. Whatever else folds to it is somebody's own key.
 */
export const ID_PLACE = 'id'

/** A section of a template with its place in the tree and what its heading answers to, folded. */
export interface SectionNode {
  readonly section: TemplateSection
  readonly parent: SectionNode | null
  readonly children: readonly SectionNode[]
  readonly words: readonly string[]
  /** Position in the template, in the order of headings. */
  readonly order: number
}

/** Where a template shows a field. */
export type TemplatePlace =
  | { readonly kind: 'front-matter'; readonly place: FrontMatterPlace }
  | { readonly kind: 'heading' | 'body'; readonly node: SectionNode; readonly slot: Slot }

/** A template made ready for looking things up. */
export interface TemplateIndex {
  readonly template: EntityTemplate
  readonly root: SectionNode
  readonly nodes: readonly SectionNode[]
  readonly places: ReadonlyMap<string, TemplatePlace>
  /** Prose fields, which a guarded region may hold. */
  readonly bodies: ReadonlySet<string>
  /** The field that a front-matter key means, {@link ID_PLACE} for the id; null for a custom one. */
  fieldOfKey(key: string): string | null
}

const indexes = new WeakMap<EntityTemplate, WeakMap<KindCatalogue, TemplateIndex>>()

/** Index of `template` for the fields of `catalogue`, made once. */
export function indexTemplate(template: EntityTemplate, catalogue: KindCatalogue): TemplateIndex {
  const known = indexes.get(template)?.get(catalogue)
  if (known !== undefined) return known
  const index = buildIndex(template, catalogue)
  const byCatalogue = indexes.get(template) ?? new WeakMap<KindCatalogue, TemplateIndex>()
  byCatalogue.set(catalogue, index)
  indexes.set(template, byCatalogue)
  return index
}

interface MutableNode extends SectionNode {
  readonly children: MutableNode[]
}

function buildIndex(template: EntityTemplate, catalogue: KindCatalogue): TemplateIndex {
  const nodes: SectionNode[] = []
  const root = buildNode(template.root, null, nodes)
  const places = new Map<string, TemplatePlace>()
  for (const place of template.frontMatter) {
    places.set(place.slot.path, { kind: 'front-matter', place })
  }
  const bodies = new Set<string>()
  for (const node of nodes) {
    const { heading, body } = node.section
    if (heading?.kind === 'slot') {
      places.set(heading.slot.path, { kind: 'heading', node, slot: heading.slot })
    }
    if (body !== null) {
      places.set(body.path, { kind: 'body', node, slot: body })
      if (catalogue.get(body.path)?.type.kind === 'markdown') bodies.add(body.path)
    }
  }
  return { template, root, nodes, places, bodies, fieldOfKey: keyFinder(template, catalogue) }
}

function buildNode(
  section: TemplateSection,
  parent: SectionNode | null,
  nodes: SectionNode[],
): MutableNode {
  const { heading } = section
  const titles = heading?.kind === 'fixed' ? [heading.title, ...heading.aliases] : []
  const words = titles.map((title) => fold(title))
  const node: MutableNode = { section, parent, children: [], words, order: nodes.length }
  nodes.push(node)
  for (const child of section.children) node.children.push(buildNode(child, node, nodes))
  return node
}

/** Keys of the template win over names of fields, names over aliases. */
function keyFinder(
  template: EntityTemplate,
  catalogue: KindCatalogue,
): (key: string) => string | null {
  const exact = new Map<string, string>()
  const folded = new Map<string, string>()
  const add = (key: string, field: string): void => {
    if (!exact.has(key)) exact.set(key, field)
    const word = keyWord(key)
    if (field !== ID_PLACE && !folded.has(word)) folded.set(word, field)
  }
  for (const { key, slot } of template.frontMatter) add(key, slot.path)
  add(ID_PLACE, ID_PLACE)
  for (const name of catalogue.keys()) add(name, name)
  for (const { name, aliases } of catalogue.values()) for (const alias of aliases) add(alias, name)
  return (key) => exact.get(key) ?? folded.get(keyWord(key)) ?? null
}

const SEPARATORS = /[\s_.-]+/g

function keyWord(key: string): string {
  return fold(key.replaceAll(SEPARATORS, ' '))
}
