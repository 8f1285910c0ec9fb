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
