import type { Diagnostic, FileDiagnostic } from '../model/diagnostic.ts'
import { type DocumentKey, type DocumentPath, entityDocument, stemOf } from '../model/document.ts'
import { textOf, withFields } from '../model/field.ts'
import { type EntityId, type EntityKind, kindOf } from '../model/id.ts'
import { readPath } from '../model/layout.ts'
import { applyChange } from '../model/rules/apply-change.ts'
import type { FieldValue, Fields } from '../model/value.ts'
import { printDocument } from '../lens/print.ts'
import { type LeadingFields, readLeadingFields } from '../lens/read-leading-fields.ts'
import { type Action, NO_DATABASE_CHANGE } from './action.ts'
import { claimedId } from './claimed-id.ts'
import { type NewFile, type NewSession, titleOfStem } from './enrol.ts'
import {
  type DocumentLens,
  documentLens,
  lensContext,
  readingLens,
  writingLens,
} from './document-lens.ts'
import { viewFile } from './folder-view.ts'
import { fileNote, refusalNotes, restlessNote } from './plan-notes.ts'
import type { DocumentState, FileText, PlanContext } from './state.ts'
import { readsOtherwise, writeFields } from './write-fields.ts'

/** Field that a kind of entity is called by in its file. */
const TITLE_FIELD: Readonly<Record<EntityKind, string>> = {
  session: 'name',
  group: 'title',
  task: 'title',
  note: 'title',
}

/**
 * Makes an entity of a file: what the file says, a title from its name where it has none, and the
 * day for what is really new. A file that brings its own id comes from somewhere else and is not
 * written to. Of a damaged one nothing is made until it is mended.
 */
export function createFromFile(context: PlanContext, entry: NewFile): Action {
  const { id, kind, file } = entry
  const quiet = context.saves.isQuiet(file.path)
  if (!quiet && isHalfMade(entry)) return awaitQuiet(entry)
  const view = viewFile(context, asState(entry), file)
  if (view.held) return holdFile(entry, view.diagnostics.map(inFile(file)))
  const leading = leadingFields(context, entry)
  const values = new Map<string, FieldValue>([...leading.fields, ...view.fields])
  for (const [field, value] of amongCopies(context, entry, view.fields)) values.set(field, value)
  for (const [field, value] of defaultsFor(context, entry, values)) values.set(field, value)
  const { fields, refused } = applyChange(context.rules, {
    id,
    kind,
    before: null,
    changes: values,
  })
  const closed = new Set([...view.frozen, ...refused.map(({ field }) => field)])
  const lens = documentLens(context, kind, file.path)
  const written = entry.needsId
    ? writeFields(writingLens(lens), file.text, fields, closed, id)
    : { text: file.text, unwritten: new Set<string>(), diagnostics: [] }
  const putOff = !quiet && written.text !== file.text
  const unsettled = [...view.diagnostics, ...leading.diagnostics, ...written.diagnostics].map(
    (note) => ({
      ...note,
      path: file.path,
    }),
  )
  const diagnostics = [
    ...originNotes(context, entry, textOf(context.catalogue[kind], fields, TITLE_FIELD[kind])),
    ...unsettled,
    ...refusalNotes(file.path, refused),
  ]
  return {
    kind: 'create',
    key: entityDocument(id),
    path: file.path,
    database: {
      expected: { id, revision: 0 },
      entity: { kind: 'create', id, entity: kind, fields },
      text: written.text,
      path: file.path,
      conflicts: [],
    },
    folder:
      written.text === file.text || putOff
        ? null
        : { kind: 'replace', path: file.path, expected: file.hash, text: written.text },
    agreed: {
      path: file.path,
      text: putOff ? file.text : written.text,
      fields: putOff ? asShown(context, lens, file.text, { fields, closed }) : fields,
      revision: 0,
    },
    diagnostics: putOff
      ? [...diagnostics, restlessNote(file.path, 'this file is not given its id yet')]
      : diagnostics,
    unsettled: putOff || diagnostics.some(({ severity }) => severity !== 'note'),
  }
}

/** What the top of a file says that has no front matter. */
function leadingFields(context: PlanContext, { kind, file }: NewFile): LeadingFields {
  const lens = readingLens(context, documentLens(context, kind, file.path))
  return readLeadingFields(lens.template, file.text, lens.context)
}

/** Whether a file that was saved a moment ago may well become another one: it is empty, or a copy. */
function isHalfMade({ file, needsId }: NewFile): boolean {
  return file.text.trim() === '' || (needsId && claimedId(file.text) !== null)
}

/** Makes nothing of a file until it has not been saved for a while. */
export function awaitQuiet(entry: NewFile): Action {
  return holdFile(entry, [restlessNote(entry.file.path, 'nothing is made of this file yet')])
}

/** Fields as a text shows them that is not written to yet. */
function asShown(
  { catalogue }: PlanContext,
  lens: DocumentLens,
  text: string,
  { fields, closed }: { readonly fields: Fields; readonly closed: ReadonlySet<string> },
): Fields {
  return withFields(
    catalogue[lens.template.kind],
    fields,
    readsOtherwise(lens, text, fields, closed),
  )
}

function inFile({ path }: FileText): (note: Diagnostic) => FileDiagnostic {
  return (note) => ({ ...note, path })
}

function holdFile({ file }: NewFile, diagnostics: readonly FileDiagnostic[]): Action {
  return {
    kind: 'hold',
    key: file.path as string as DocumentKey,
    path: file.path,
    database: NO_DATABASE_CHANGE,
    folder: null,
    agreed: null,
    diagnostics,
    unsettled: true,
  }
}

function asState({ id, kind, file, needsId }: NewFile): DocumentState {
  return {
    key: entityDocument(id),
    id,
    kind,
    agreed: null,
    proved: false,
    folder: { kind: 'file', file, needsId, news: 'edited', notes: [] },
    database: { kind: 'none' },
    conflicts: [],
    quiet: true,
    released: false,
    deletionHeld: false,
    unread: new Set(),
    renamed: new Set(),
    removedByGit: false,
    tracked: false,
  }
}

function defaultsFor(
  context: PlanContext,
  { kind, file, needsId }: NewFile,
  fields: Fields,
): ReadonlyMap<string, FieldValue> {
  const defaults = new Map<string, FieldValue>()
  const title = TITLE_FIELD[kind]
  if (textOf(context.catalogue[kind], fields, title) === '') {
    const stem = kind === 'session' ? (file.path.split('/').at(-2) ?? '') : stemOf(file.path)
    defaults.set(title, titleOfStem(stem))
  }
  if (needsId && !fields.has('created')) defaults.set('created', context.rules.today)
  return defaults
}

/** References of a copy to documents that were copied with it: they lead to the copies. */
function amongCopies(
  { catalogue }: PlanContext,
  { kind, copies }: NewFile,
  fields: Fields,
): Fields {
  if (copies.size === 0) return new Map()
  const copyOf = (id: string): string => copies.get(id as EntityId) ?? id
  const found = new Map<string, FieldValue>()
  for (const [field, value] of fields) {
    const type = catalogue[kind].get(field)?.type.kind
    if (type === 'reference' && typeof value === 'string') found.set(field, copyOf(value))
    else if (type === 'references' && Array.isArray(value)) {
      found.set(field, (value as readonly string[]).map(copyOf))
    }
  }
  return found
}

/** Other tasks of its session that bear the title of a new one. */
function namesakesOf(
  { index }: PlanContext,
  { id, kind, file }: NewFile,
  title: string,
): readonly EntityId[] {
  if (kind !== 'task') return []
  const found = index.from(file.path).resolve(title, kind)
  const ids = found.kind === 'many' ? found.ids : found.kind === 'one' ? [found.id] : []
  const folder = readPath(file.path)?.sessionFolder
  return ids.filter((other) => {
    const path = index.names.get(other)?.path
    return other !== id && path != null && path.split('/')[1] === folder
  })
}

function namesakeNote(
  { id, file }: NewFile,
  title: string,
  others: readonly EntityId[],
): FileDiagnostic {
  return fileNote(
    file.path,
    'mirror',
    'note',
    `${others.join(' and ')} is called “${title}”, too; this file is a second task, ${id}`,
    'nothing to do if there are to be two; else delete this file',
  )
}

/** Where a file comes from that brings the id of something else: one word for a whole session. */
function originNotes(
  context: PlanContext,
  entry: NewFile,
  title: string,
): readonly FileDiagnostic[] {
  const { index } = context
  const { id, kind, file, copyOf, copies } = entry
  if (copyOf === null) {
    const others = entry.needsId ? namesakesOf(context, entry, title) : []
    if (others.length > 0) return [namesakeNote(entry, title, others)]
    const claimed = entry.needsId ? claimedId(file.text) : null
    const name = claimed === null ? undefined : index.names.get(claimed)
    if (claimed === null || name === undefined || kindOf(claimed) === kind) return []
    return [
      fileNote(
        file.path,
        'id-changed',
        'note',
        `this file was the ${name.kind} ${claimed} “${name.title}”; where it stands now it is a new ${kind}, ${id}`,
        `move it back into ${name.kind}s/ if it should stay a ${name.kind}; what has no file any more is in the trash`,
      ),
    ]
  }
  const whole = [...copies.keys()].some((original) => kindOf(original) === 'session')
  if (whole && kind !== 'session') return []
  const what = whole
    ? `this is a copy of the session ${copyOf}, with ${copies.size - 1} documents; all of them keep their ids, the copies have new ones (the session ${id})`
    : `this is a copy of ${copyOf}, which keeps its id; the copy is now ${id}`
  const hint = whole
    ? 'nothing to do; if it was not meant, delete its folder and run `diptych sync --accept-deletions`'
    : 'nothing to do; delete the copy if it was not meant'
  return [fileNote(file.path, 'copy', 'note', what, hint)]
}

/** Makes the session in whose folder files were found, and its file. */
export function createSession(context: PlanContext, { id, path, name }: NewSession): Action {
  const wanted = new Map<string, FieldValue>([
    ['name', name],
    ['status', 'active'],
  ])
  return createFromValues(context, { id, kind: 'session', path, values: wanted, ordinal: null })
}

/** An entity that something else than its own file asks for: a line of a board, a folder. */
export interface Draft {
  readonly id: EntityId
  readonly kind: EntityKind
  readonly path: DocumentPath
  readonly values: ReadonlyMap<string, FieldValue>
  readonly ordinal: number | null
}

/** Makes an entity of values, and its file. */
export function createFromValues(context: PlanContext, draft: Draft): Action {
  const { id, kind, path, values, ordinal } = draft
  const wanted = new Map(values)
  if (kind !== 'session') wanted.set('created', context.rules.today)
  const { fields, refused } = applyChange(context.rules, {
    id,
    kind,
    before: null,
    changes: wanted,
  })
  const text = printDocument(context.templates[kind], id, fields, lensContext(context, path))
  const create = { kind: 'create', id, entity: kind, fields } as const
  return {
    kind: 'create',
    key: entityDocument(id),
    path,
    database: {
      expected: { id, revision: 0 },
      entity: ordinal === null ? create : { ...create, ordinal },
      text,
      path,
      conflicts: [],
    },
    folder: { kind: 'create', path, text },
    agreed: { path, text, fields, revision: 0 },
    diagnostics: refusalNotes(path, refused),
    unsettled: false,
  }
}
