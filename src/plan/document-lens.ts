import type { LensContext } from '../lens/reading.ts'
import type { EntityTemplate } from '../lens/template.ts'
import type { DocumentPath } from '../model/document.ts'
import type { EntityKind } from '../model/id.ts'
import type { PlanContext } from './state.ts'

/** The template of one kind of document, and what reading and printing it at one place takes. */
export interface DocumentLens {
  readonly template: EntityTemplate
  readonly context: LensContext
}

/** The lens for the document of an entity that stands at `path`. */
export function documentLens(
  context: PlanContext,
  kind: EntityKind,
  path: DocumentPath,
): DocumentLens {
  return { template: context.templates[kind], context: lensContext(context, path) }
}

/** The same lens for a text that someone wrote: words that count from a day count from that of its save. */
export function readingLens(context: PlanContext, lens: DocumentLens): DocumentLens {
  return { ...lens, context: readingContext(context, lens.context) }
}

/** What reading a text takes that someone wrote; see {@link readingLens}. */
export function readingContext({ saves, rules }: PlanContext, context: LensContext): LensContext {
  return { ...context, day: { written: saves.dayOf(context.path), today: rules.today } }
}

/** A day on which nobody wrote anything. */
const LONG_AGO = '1970-01-01'

/**
 * The same lens for a text that is written to: what counts from a day reads as another one than it
 * means, so that the day itself is put in its place.
 */
export function writingLens(lens: DocumentLens): DocumentLens {
  return { ...lens, context: { ...lens.context, day: { written: LONG_AGO, today: LONG_AGO } } }
}

/** What a lens needs to know when its document stands at `path`. */
export function lensContext(
  context: Pick<PlanContext, 'catalogue' | 'index' | 'config'>,
  path: DocumentPath,
): LensContext {
  return {
    catalogue: context.catalogue,
    references: context.index.from(path),
    path,
    hoursPerDay: context.config.hoursPerDay,
  }
}
