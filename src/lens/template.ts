import type { DocumentKind } from '../model/document.ts'

/** How a value is written where its codec has more than one way. */
export type SlotStyle = 'box' | 'word' | 'link' | 'stem' | 'label'

/** One `{{…}}` of a template. */
export interface Slot {
  /** Field name, with a dot for a part of a composite (`result.summary`). */
  readonly path: string
  /** `?`: the line is left out while the value is at its default; the section too when this is its only slot. */
  readonly optional: boolean
  readonly style: SlotStyle | null
  /** Line in the template, from 1. */
  readonly line: number
}

/** A key of the front matter whose whole value is a field. */
export interface FrontMatterPlace {
  readonly key: string
  readonly slot: Slot
}

/**
 * What an ATX heading of the template looks like: fixed words, or a slot between fixed affixes.
 * `aliases` are other words that the heading answers to, from a `dx:alias` comment.
 */
export type TemplateHeading =
  | { readonly kind: 'fixed'; readonly title: string; readonly aliases: readonly string[] }
  | {
      readonly kind: 'slot'
      readonly prefix: string
      readonly suffix: string
      readonly slot: Slot
    }

/**
 * A heading with what belongs to it. The root section has level 0 and no heading.
 *
 * `body` is the slot that stands alone in a paragraph below the heading: the field's type decides
 * whether it is prose or a checklist. A section is left out on print when every slot in it is
 * optional and at its default.
 */
export interface TemplateSection {
  readonly level: number
  readonly heading: TemplateHeading | null
  readonly body: Slot | null
  readonly children: readonly TemplateSection[]
}

/** A template that shows one entity: sessions, groups, tasks, notes. */
export interface EntityTemplate {
  readonly kind: 'session' | 'group' | 'task' | 'note'
  readonly source: string
  readonly frontMatter: readonly FrontMatterPlace[]
  readonly root: TemplateSection
}

/** One part of an item's line: fixed text, or a slot with the fixed text that comes and goes with it. */
export type ItemPart =
  | { readonly kind: 'fixed'; readonly text: string }
  | { readonly kind: 'slot'; readonly slot: Slot; readonly before: string; readonly after: string }

/** A template that shows a session's tasks as a checklist by group: the board. */
export interface BoardTemplate {
  readonly kind: 'board'
  readonly source: string
  /** Title line, printed once: `# Board: {{name}}`. */
  readonly title: { readonly level: number; readonly prefix: string; readonly suffix: string }
  /** Heading of a group's section. */
  readonly group: { readonly level: number; readonly prefix: string; readonly suffix: string }
  /** Heading of the section of tasks without a group. */
  readonly ungrouped: string
  /** The item line after its bullet. */
  readonly item: readonly ItemPart[]
}

/** A template that is only ever printed: Liquid over a view. */
export interface GeneratedTemplate {
  readonly kind: 'overview'
  readonly source: string
}

export type Template = EntityTemplate | BoardTemplate | GeneratedTemplate

/** One template for every kind of document. */
export interface TemplateSet {
  readonly session: EntityTemplate
  readonly group: EntityTemplate
  readonly task: EntityTemplate
  readonly note: EntityTemplate
  readonly board: BoardTemplate
  readonly overview: GeneratedTemplate
}

/** Why a template cannot be used, at which line of it. */
export interface TemplateProblem {
  readonly line: number
  readonly message: string
  readonly hint: string
}

/** Outcome of loading a template's source as the given kind. */
export type CompiledTemplate =
  | { readonly kind: 'compiled'; readonly template: Template }
  | { readonly kind: 'refused'; readonly problems: readonly TemplateProblem[] }

/** Kind of document that a template file's name stands for (`task.md`). */
export type TemplateKind = DocumentKind
