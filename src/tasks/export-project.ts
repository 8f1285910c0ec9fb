import { basename } from 'node:path'
import type { TemplateSet } from '../lens/template.ts'
import { entityDocument, type StoredDocument } from '../model/document.ts'
import type { Entity, Tombstone } from '../model/entity.ts'
import { ENTITY_KINDS, type EntityId, type EntityKind } from '../model/id.ts'
import { currentSession } from './current-session.ts'
import { entityJson, SCHEMA_VERSION, type Json } from './entity-json.ts'
import { findAll } from './find-all.ts'
import { freeText } from './free-text.ts'
import { pathInProject } from './path-in-project.ts'
import type { Project } from './project.ts'
import { readNames } from './read-names.ts'

/** What is to be exported. */
export interface ExportRequest {
  readonly kinds: readonly EntityKind[]
  /** What is in the trash too. */
  readonly trashed: boolean
  readonly progress: (done: number, total: number) => void
}

/** One entity with all that there is to say about it. */
export interface ExportRow {
  readonly entity: Entity
  /** All fields as programs read them, and `other`: what its document says beside its fields. */
  readonly json: Json
  /** When it was removed, ISO 8601; null while it is live. */
  readonly deleted: string | null
}

/** A project as data: everything of some kinds, archived too, containers first, each in board order. */
export interface ExportedProject {
  readonly project: Json
  readonly rows: ReadonlyMap<EntityKind, readonly ExportRow[]>
}

/** Documents that are read at once. */
const BATCH = 200

/** Reads everything of a project, as the database holds it by now. */
export async function exportProject(
  project: Project,
  request: ExportRequest,
): Promise<ExportedProject> {
  const found = new Map<EntityKind, readonly Entity[]>()
  for (const kind of ENTITY_KINDS.filter((each) => request.kinds.includes(each))) {
    found.set(kind, await findAll(project, { kind, archived: 'all', sort: 'board' }))
  }
  const trash = request.trashed ? await project.store.tombstones() : []
  const total = [...found.values()].reduce((sum, entities) => sum + entities.length, 0)
  const rows = new Map<EntityKind, readonly ExportRow[]>()
  const templates = await project.templates()
  let before = 0
  for (const [kind, entities] of found) {
    const done = before
    const live = await liveRows(project, entities, (count) => request.progress(done + count, total))
    const gone = trash.filter(({ entity }) => entity.kind === kind)
    rows.set(kind, [...live, ...gone.map((tombstone) => trashedRow(project, templates, tombstone))])
    before += entities.length
  }
  return { project: await describe(project), rows }
}

/** The whole export as one object: a list of each kind, and `trash` where that was asked for. */
export function exportJson(
  project: Project,
  { project: about, rows }: ExportedProject,
  request: Pick<ExportRequest, 'trashed'>,
  select: (row: ExportRow) => Json,
): Json & { readonly kind: 'export' } {
  const lists = [...rows].map(([kind, all]) => [
    `${kind}s`,
    all.filter(({ deleted }) => deleted === null).map(select),
  ])
  const trash = [...rows.values()]
    .flat()
    .filter(({ deleted }) => deleted !== null)
    .map((row) => ({ ...select(row), deleted: row.deleted }))
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'export',
    exported: new Date(project.clock.now()).toISOString(),
    project: about,
    ...Object.fromEntries(lists),
    ...(request.trashed ? { trash } : {}),
  }
}

async function describe(project: Project): Promise<Json> {
  const { location, config } = project
  const current = await currentSession(project, await readNames(project))
  return {
    name: basename(location.directory),
    folder: location.folder,
    layout: config.layout,
    currentSession: current?.id ?? null,
  }
}

async function liveRows(
  project: Project,
  entities: readonly Entity[],
  progress: (done: number) => void,
): Promise<readonly ExportRow[]> {
  const templates = await project.templates()
  const rows: ExportRow[] = []
  for (let start = 0; start < entities.length; start += BATCH) {
    const batch = entities.slice(start, start + BATCH)
    const ids = batch.map(({ id }) => id)
    const documents = await documentsOf(project, ids)
    for (const entity of batch) {
      const path = documents.get(entity.id)?.path
      const place = path === undefined ? null : pathInProject(project, path)
      const view = { entity, path: place, warnings: [] }
      const other = otherText(project, templates, entity.kind, documents.get(entity.id))
      rows.push({ entity, json: { ...entityJson(project, view), other }, deleted: null })
    }
    progress(start + batch.length)
  }
  return rows
}

type Text = Pick<StoredDocument, 'path' | 'text'>

async function documentsOf(
  project: Project,
  ids: readonly EntityId[],
): Promise<ReadonlyMap<EntityId, Text>> {
  const documents = await project.store.documents(ids.map(entityDocument))
  return new Map(documents.map((document) => [document.key as string as EntityId, document]))
}

function trashedRow(project: Project, templates: TemplateSet, tombstone: Tombstone): ExportRow {
  const { entity, path, text, deleted } = tombstone
  const place = path === null ? null : pathInProject(project, path)
  const json = entityJson(project, { entity, path: place, warnings: [] })
  const other = otherText(project, templates, entity.kind, { path: path ?? '', text })
  return { entity, json: { ...json, other }, deleted: new Date(deleted).toISOString() }
}

function otherText(
  { catalogue }: Project,
  templates: TemplateSet,
  kind: EntityKind,
  document: { readonly path: string; readonly text: string | null } | undefined,
): string | null {
  const text = document?.text ?? null
  return text === null ? null : freeText(templates[kind], catalogue[kind], text, document?.path)
}
