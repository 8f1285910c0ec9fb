import type { EntityId } from '../model/id.ts'
import type { Fields } from '../model/value.ts'
import { mergeText } from '../merge/prose.ts'
import { documentLens, writingLens } from './document-lens.ts'
import { restateReferences } from './restate-references.ts'
import type { DocumentState, FileText, PlanContext } from './state.ts'
import { type WrittenText, writeFields } from './write-fields.ts'

/** The text that a document's file is to have, and what could not be brought into it. */
export interface TargetText extends WrittenText {
  /** Free prose that both sides changed in the same place: the database's version of the whole text. */
  readonly collision: { readonly agreed: string; readonly database: string } | null
}

/**
 * Puts the wanted values into the file's text. Where the database has other free prose than was
 * agreed, that is merged in first: all three versions take the same values, and then only what people
 * wrote around them can still differ.
 */
export function targetText(
  context: PlanContext,
  state: DocumentState,
  file: FileText,
  wanted: Fields,
  frozen: ReadonlySet<string>,
): TargetText {
  const stored = state.database.kind === 'entity' ? state.database.text : null
  const agreed = state.agreed?.text ?? null
  const needsId = state.folder.kind === 'file' && state.folder.needsId
  const lens = writingLens(documentLens(context, state.kind, file.path))
  const restate = (text: string): string =>
    restateReferences(context, lens, text, wanted, state.renamed)
  const write = (text: string, id: EntityId | null = null): WrittenText => {
    // A word that has just lost its meaning would be kept beside its value as one that cannot be read.
    const written = writeFields(lens, restate(text), wanted, frozen, id)
    return { ...written, text: restate(written.text) }
  }
  const own = write(file.text, needsId ? state.id : null)
  if (stored === null || agreed === null || stored === agreed || stored === file.text) {
    return { ...own, collision: null }
  }
  const merge = mergeText(write(agreed).text, own.text, write(stored).text)
  if (merge.kind === 'merged') return { ...own, text: merge.value, collision: null }
  return {
    ...own,
    text: merge.folder,
    collision: { agreed: merge.agreed, database: merge.database },
  }
}
