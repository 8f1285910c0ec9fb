import { notUtf8, whyUnread } from '../engine/observe.ts'
import { type Rewrite, rewriteDocuments } from '../engine/rewrite-documents.ts'
import { decodeText } from '../engine/text-bytes.ts'
import type { NameIndex } from '../lens/name-index.ts'
import { parseDocument } from '../lens/parse.ts'
import { respellDocument, type Respelling } from '../lens/respell.ts'
import type { TemplateSet } from '../lens/template.ts'
import type { FileDiagnostic } from '../model/diagnostic.ts'
import type { DocumentKey, DocumentPath } from '../model/document.ts'
import { DiptychError } from '../model/error.ts'
import { nearest } from '../model/nearest.ts'
import { readPath } from '../model/layout.ts'
import type { ReadOutcome } from '../ports/folder.ts'
import { documentsToCheck } from './documents-to-check.ts'
import type { Project } from './project.ts'
import { readNames } from './read-names.ts'

/** Which documents, by absolute path (none: all), which fields (null: all), and whether to write. */
export interface FormatRequest {
  readonly files: readonly string[]
  readonly fields: readonly string[] | null
  readonly write: boolean
}

/** A value that is, or would be, spelled anew. */
export interface Reformatted extends Respelling {
  readonly path: DocumentPath
}

/** What formatting found. */
export interface FormatReport {
  readonly checked: number
  /** In the order of paths and lines; with `write` those that were written. */
  readonly changes: readonly Reformatted[]
  /** Why documents were left alone: what is wrong in them, or that they were changed meanwhile. */
  readonly refused: readonly FileDiagnostic[]
}

/** Most documents that are read and rewritten at a time. */
const BATCH = 500

/**
 * Spells values in documents as Diptych prints them, without changing what any of them says. Boards
 * and overviews are left as they are. A document with errors is refused by name, the others go on.
 *
 * To be called on panels that were just synchronized. Throws `usage` for a field that no document has
 * and `not-found` for a path where nothing is.
 */
export async function formatDocuments(
  project: Project,
  { files, fields, write }: FormatRequest,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<FormatReport> {
  const wanted = fields === null ? null : new Set(fields.map((name) => knownField(project, name)))
  const { paths, refused: none } = await documentsToCheck(project, files)
  const index = await readNames(project)
  const keys = new Map((await project.base.agreedIndex()).map(({ path, key }) => [path, key]))
  const changes: Reformatted[] = []
  const refused: FileDiagnostic[] = none.map(({ path, diagnostic }) => ({ ...diagnostic, path }))
  const sorted = paths.filter(isAuthored).toSorted()
  for (let start = 0; start < sorted.length; start += BATCH) {
    const found = await readBatch(project, index, wanted, sorted.slice(start, start + BATCH))
    refused.push(...found.refused)
    const { done, missed } = write
      ? await writeBatch(project, keys, found.formatted)
      : { done: found.formatted, missed: [] }
    changes.push(...done.flatMap(changesOf))
    refused.push(...missed)
    progress(Math.min(start + BATCH, sorted.length), sorted.length)
  }
  return { checked: sorted.length + none.length, changes, refused }
}

function isAuthored(path: DocumentPath): boolean {
  const kind = readPath(path)?.kind
  return kind === 'session' || kind === 'group' || kind === 'task' || kind === 'note'
}

function knownField(project: Project, name: string): string {
  const names = [...new Set(Object.values(project.catalogue).flatMap((kind) => [...kind.keys()]))]
  if (names.includes(name)) return name
  const [near] = nearest(name, names, (known) => known)
  throw new DiptychError('usage', {
    what: `no document has a field \`${name}\``,
    valid: names,
    hint:
      near === undefined ? 'diptych fmt --fields status,estimate' : `diptych fmt --fields ${near}`,
  })
}

/** What reading and respelling any document takes. */
interface Formatting extends Pick<Project, 'catalogue' | 'config'> {
  readonly today: string
  readonly templates: TemplateSet
  readonly index: NameIndex
  /** Fields to be respelled; null: all. */
  readonly wanted: ReadonlySet<string> | null
}

interface Formatted {
  readonly path: DocumentPath
  readonly from: Rewrite['from']
  readonly text: string
  readonly changes: readonly Respelling[]
}

function changesOf({ path, changes }: Formatted): readonly Reformatted[] {
  return changes.map((change) => ({ ...change, path }))
}

async function readBatch(
  project: Project,
  index: NameIndex,
  wanted: ReadonlySet<string> | null,
  paths: readonly DocumentPath[],
): Promise<{
  readonly formatted: readonly Formatted[]
  readonly refused: readonly FileDiagnostic[]
}> {
  const formatted: Formatted[] = []
  const refused: FileDiagnostic[] = []
  const { catalogue, config, clock } = project
  const today = clock.today()
  const formatting = {
    catalogue,
    config,
    today,
    templates: await project.templates(),
    index,
    wanted,
  }
  for (const [path, outcome] of await project.folder.read(paths)) {
    const look = formatFile(formatting, path, outcome)
    if (look.kind === 'refused') refused.push(...look.notes)
    else if (look.formatted.changes.length > 0) formatted.push(look.formatted)
  }
  return { formatted, refused }
}

type Look =
  | { readonly kind: 'formatted'; readonly formatted: Formatted }
  | { readonly kind: 'refused'; readonly notes: readonly FileDiagnostic[] }

function formatFile(
  { catalogue, config, today, templates, index, wanted }: Formatting,
  path: DocumentPath,
  outcome: ReadOutcome,
): Look {
  const refuse = (notes: readonly Omit<FileDiagnostic, 'path'>[]): Look => ({
    kind: 'refused',
    notes: notes.map((note) => ({ ...note, path })),
  })
  if (outcome.kind !== 'read') return refuse(whyUnread(outcome))
  const text = decodeText(outcome.bytes)
  if (text === null) return refuse([notUtf8(outcome.bytes)])
  const kind = readPath(path)?.kind
  if (kind === undefined || kind === 'board' || kind === 'overview') return refuse([])
  const { hoursPerDay } = config
  const day = { written: null, today }
  const context = { catalogue, references: index.from(path), path, hoursPerDay, day }
  const { diagnostics, damaged } = parseDocument(templates[kind], text, null, context)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0 || damaged) return refuse(errors)
  const respelled = respellDocument(templates[kind], text, context, wanted)
  return { kind: 'formatted', formatted: { path, from: outcome.hash, ...respelled } }
}

async function writeBatch(
  project: Project,
  keys: ReadonlyMap<DocumentPath, DocumentKey>,
  formatted: readonly Formatted[],
): Promise<{
  readonly done: readonly Formatted[]
  readonly missed: readonly FileDiagnostic[]
}> {
  const rewrites = formatted.flatMap(({ path, from, text }): Rewrite[] => {
    const key = keys.get(path)
    return key === undefined ? [] : [{ key, path, from, text }]
  })
  const { origin, actor } = project
  const order = { origin, actor, summary: 'fmt' }
  const written =
    rewrites.length === 0
      ? new Set<DocumentKey>()
      : await project.engine.exclusive(() => rewriteDocuments(project, rewrites, order))
  const isWritten = ({ path }: Formatted): boolean => {
    const key = keys.get(path)
    return key !== undefined && written.has(key)
  }
  const missed = formatted.filter((each) => !isWritten(each))
  return { done: formatted.filter(isWritten), missed: missed.map(({ path }) => unsettled(path)) }
}

function unsettled(path: DocumentPath): FileDiagnostic {
  return {
    path,
    code: 'pending',
    severity: 'warning',
    line: null,
    field: null,
    message: 'it was left as it is: something of it is not settled, or someone saved it just now',
    hint: 'diptych status, then run it again',
  }
}
