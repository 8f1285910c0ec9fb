import { decodeText } from '../engine/text-bytes.ts'
import { notUtf8, whyUnread } from '../engine/observe.ts'
import { parseBoard } from '../lens/board-parse.ts'
import type { NameIndex } from '../lens/name-index.ts'
import { parseDocument } from '../lens/parse.ts'
import type { DocumentReading } from '../lens/reading.ts'
import type { TemplateSet } from '../lens/template.ts'
import type { Diagnostic, FileDiagnostic } from '../model/diagnostic.ts'
import type { Agreed, DocumentPath } from '../model/document.ts'
import { makeGraph, type Graph } from '../model/graph.ts'
import type { EntityId, EntityKind } from '../model/id.ts'
import { readPath } from '../model/layout.ts'
import { applyChange } from '../model/rules/apply-change.ts'
import { sameValue, type FieldValue } from '../model/value.ts'
import { documentsToCheck } from './documents-to-check.ts'
import type { Project } from './project.ts'
import { readNames } from './read-names.ts'

/** What was looked at and what was found. */
export interface CheckedDocuments {
  /** How many documents were looked at; files that are none are not counted. */
  readonly checked: number
  /** In the order of paths and lines. */
  readonly diagnostics: readonly FileDiagnostic[]
}

/**
 * Checks documents as they stand on disk, against what was last agreed, without changing either panel.
 *
 * `files` are absolute paths, of documents or of folders with documents in them; none: all. Files
 * outside the project's folder are no documents and pass, so that it can follow any edit. Throws
 * `not-found` for a path where nothing is.
 */
export async function checkDocuments(
  project: Project,
  files: readonly string[],
): Promise<CheckedDocuments> {
  const { paths, refused } = await documentsToCheck(project, files)
  const found: FileDiagnostic[] = refused.map(({ path, diagnostic }) => ({ ...diagnostic, path }))
  const check = await makeCheck(project, paths)
  for (const [path, outcome] of await project.folder.read(paths)) {
    const notes = outcome.kind === 'read' ? check(path, outcome.bytes) : whyUnread(outcome)
    found.push(...notes.map((note) => ({ ...note, path })))
  }
  return { checked: paths.length + refused.length, diagnostics: found.sort(byPlace) }
}

function byPlace(a: FileDiagnostic, b: FileDiagnostic): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  return (a.line ?? 0) - (b.line ?? 0)
}

type Check = (path: DocumentPath, bytes: Uint8Array) => readonly Diagnostic[]

async function makeCheck(project: Project, paths: readonly DocumentPath[]): Promise<Check> {
  const index = await readNames(project)
  const graph = makeGraph(await project.store.edges())
  const wanted = new Set<string>(paths)
  const keys = (await project.base.agreedIndex()).filter(({ path }) => wanted.has(path))
  const agreed = await project.base.agreed(keys.map(({ key }) => key))
  const bases = new Map(agreed.map((base) => [base.path, base]))
  const templates = await project.templates()
  return (path, bytes) => {
    const text = decodeText(bytes)
    if (text === null) return [notUtf8(bytes)]
    return checkText(project, {
      templates,
      index,
      graph,
      path,
      text,
      base: bases.get(path) ?? null,
    })
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

function checkText(project: Project, subject: Subject): readonly Diagnostic[] {
  const { templates, index, path, text, base } = subject
  const { catalogue, config } = project
  const context = { catalogue, references: index.from(path), path, hoursPerDay: config.hoursPerDay }
  const kind = readPath(path)?.kind
  switch (kind) {
    case undefined:
    case 'overview':
      return []
    case 'board':
      return parseBoard(templates.board, text, context).diagnostics
    case 'session':
    case 'group':
    case 'task':
    case 'note': {
      const reading = parseDocument(templates[kind], text, base, context)
      return [...reading.diagnostics, ...refusals(project, subject, kind, reading)]
    }
  }
}

/** What the rules would refuse of that which the text changes. */
function refusals(
  project: Project,
  { graph, base }: Subject,
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
  const context = { catalogue, today: project.clock.today(), graph }
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
