import { notUtf8 } from '../engine/observe.ts'
import { decodeText } from '../engine/text-bytes.ts'
import { parseBoard } from '../lens/board-parse.ts'
import type { NameIndex } from '../lens/name-index.ts'
import { parseDocument } from '../lens/parse.ts'
import { readLeadingFields } from '../lens/read-leading-fields.ts'
import type { DocumentReading } from '../lens/reading.ts'
import type { TemplateSet } from '../lens/template.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Agreed, DocumentPath } from '../model/document.ts'
import { makeGraph, type Graph } from '../model/graph.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import { SESSIONS_FOLDER, readPath } from '../model/layout.ts'
import { applyChange } from '../model/rules/apply-change.ts'
import { sameValue, type FieldValue } from '../model/value.ts'
import { understandBoard } from '../plan/understand-board.ts'
import type { Project } from './project.ts'
import { readNames } from './read-names.ts'

/** What a document says as it stands, held against what was last agreed about it. */
export interface Inspection {
  /** Null where its bytes are no text. */
  readonly text: string | null
  /** What it says of its fields; null for boards, overviews and what cannot be read. */
  readonly reading: DocumentReading | null
  readonly base: Agreed | null
  /** What is wrong with it, and what the rules would refuse of it. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Inspects the bytes of the document at a path. */
export type Inspect = (path: DocumentPath, bytes: Uint8Array) => Inspection

/** Makes what inspects the documents at `paths`, on the names, the graph and the bases of this moment. */
export async function makeInspect(
  project: Project,
  paths: readonly DocumentPath[],
): Promise<Inspect> {
  const index = await readNames(project)
  const graph = makeGraph(await project.store.edges())
  const wanted = new Set<string>(paths)
  const keys = (await project.base.agreedIndex()).filter(({ path }) => wanted.has(path))
  const agreed = await project.base.agreed(keys.map(({ key }) => key))
  const bases = new Map(agreed.map((base) => [base.path, base]))
  const templates = await project.templates()
  return (path, bytes) => {
    const text = decodeText(bytes)
    const base = bases.get(path) ?? null
    if (text === null) return { text, reading: null, base, diagnostics: [notUtf8(bytes)] }
    return inspectText(project, { templates, index, graph, path, text, base })
  }
}

interface Subject {
  readonly templates: TemplateSet
  readonly index: NameIndex
  readonly graph: Graph
  readonly path: DocumentPath
  readonly text: string
  readonly base: Agreed | null
}

function inspectText(project: Project, subject: Subject): Inspection {
  const { templates, index, path, text, base } = subject
  const { catalogue, config, clock } = project
  const { hoursPerDay } = config
  const day = { written: null, today: clock.today() }
  const context = { catalogue, references: index.from(path), path, hoursPerDay, day }
  const kind = readPath(path)?.kind
  switch (kind) {
    case undefined:
    case 'overview':
      return { text, reading: null, base, diagnostics: [] }
    case 'board': {
      const session = index.at(
        `${SESSIONS_FOLDER}/${path.split('/')[1]}/session.md` as DocumentPath,
      )
      const surroundings = { template: templates.board, context, session, names: index.names }
      const meant = understandBoard(surroundings, base?.text ?? null, text)
      const { diagnostics } = parseBoard(templates.board, meant.text, context)
      return { text, reading: null, base, diagnostics: [...diagnostics, ...meant.notes] }
    }
    case 'session':
    case 'group':
    case 'task':
    case 'note': {
      const reading = parseDocument(templates[kind], text, base, context)
      const refused = refusals(project, subject, kind, reading)
      const top = base === null ? readLeadingFields(templates[kind], text, context).diagnostics : []
      return { text, reading, base, diagnostics: [...reading.diagnostics, ...top, ...refused] }
    }
  }
}

/** What the rules would refuse of that which the text changes. */
function refusals(
  project: Project,
  { graph, index, base }: Subject,
  kind: EntityKind,
  { id, fields }: DocumentReading,
): readonly Diagnostic[] {
  if (id === null) return []
  const changes = new Map<string, FieldValue>()
  const lines = new Map<string, number | null>()
  for (const [field, reading] of fields) {
    if (reading.kind !== 'value' || reading.cleared) continue
    const spec = project.catalogue[kind].get(field)
    const before = base?.fields.get(field) ?? spec?.default ?? null
    if (sameValue(before, reading.value)) continue
    changes.set(field, reading.value)
    lines.set(field, reading.line)
  }
  const { catalogue } = project
  const titleOf = (each: EntityId): string | undefined => index.names.get(each)?.title
  const context = { catalogue, today: project.clock.today(), graph, titleOf }
  const request = { id: (base?.key ?? id) as EntityId, kind, before: base?.fields ?? null, changes }
  return applyChange(context, request).refused.map(({ field, message, hint }) => ({
    code: 'refused',
    severity: 'error',
    line: lines.get(field) ?? null,
    field,
    message,
    hint,
  }))
}
