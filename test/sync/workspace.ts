import assert from 'node:assert/strict'
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import type { SyncReport } from '../../src/engine/report.ts'
import type { SyncOptions } from '../../src/engine/sync-engine.ts'
import { openProject } from '../../src/main.ts'
import { PROJECT_FOLDER } from '../../src/model/config.ts'
import type { Entity } from '../../src/model/entity.ts'
import { fieldOf } from '../../src/model/field.ts'
import { ENTITY_KINDS, type EntityId } from '../../src/model/id.ts'
import type { FieldValue } from '../../src/model/value.ts'
import { createItem } from '../../src/tasks/create-item.ts'
import { editEntity } from '../../src/tasks/edit-entity.ts'
import { planInit, writeInit } from '../../src/tasks/init-project.ts'
import type { Assignment } from '../../src/tasks/parse-assignments.ts'
import type { Project } from '../../src/tasks/project.ts'

/** A project in a temporary folder, with both panels at hand. Removed when its test ends. */
export interface Workspace {
  readonly directory: string
  /** Absolute path of the folder of Markdown. */
  readonly root: string
  project(): Project
  sync(options?: SyncOptions): Promise<SyncReport>
  /** Closes the project and opens it again, as another process would. */
  reopen(): Promise<void>
  add(
    kind: 'group' | 'task',
    title: string,
    fields?: Readonly<Record<string, string>>,
  ): Promise<EntityId>
  edit(id: EntityId, fields: Readonly<Record<string, string>>): Promise<void>
  entity(id: EntityId): Promise<Entity | null>
  field(id: EntityId, name: string): Promise<FieldValue>
  /** Path of an entity's file from the root. */
  pathOf(id: EntityId): Promise<string>
  read(path: string): string
  write(path: string, text: string): void
  remove(path: string): void
  exists(path: string): boolean
  /** Content of every document, by path. */
  files(): Readonly<Record<string, string>>
}

export interface WorkspaceOptions {
  /** A directory that is there already, such as a clone; a new one unless given. */
  readonly directory?: string
  readonly layout?: 'flat' | 'by-status'
}

/** Makes an empty project and opens it. */
export async function makeWorkspace(
  t: TestContext,
  options: WorkspaceOptions = {},
): Promise<Workspace> {
  const { directory = mkdtempSync(join(tmpdir(), 'diptych-')), ...chosen } = options
  writeInit(planInit(directory, chosen))
  const location = { directory, folder: PROJECT_FOLDER }
  const open = async (): Promise<Project> =>
    await openProject({ location, origin: 'api', actor: null })
  let project = await open()
  t.after(async () => {
    await project[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true, force: true })
  })
  const root = join(directory, PROJECT_FOLDER)
  const at = (path: string): string => join(root, path)
  const entity = async (id: EntityId): Promise<Entity | null> =>
    (await project.store.entities([id]))[0] ?? null
  return {
    directory,
    root,
    project: () => project,
    sync: async (syncOptions) => await project.engine.sync(syncOptions),
    reopen: async () => {
      await project[Symbol.asyncDispose]()
      project = await open()
    },
    add: async (kind, title, fields = {}) => {
      const made = await createItem(project, kind, { title, assignments: assigned(fields) })
      return made.entity.id
    },
    edit: async (id, fields) => {
      const assignments = assigned(fields)
      const edit = { reference: id, kinds: ENTITY_KINDS, assignments, ifRevision: null }
      await editEntity(project, { ...edit, summary: 'edit' })
    },
    entity,
    field: async (id, name) => {
      const found = await entity(id)
      assert.ok(found, `${id} is in the database`)
      return fieldOf(project.catalogue[found.kind], found.fields, name)
    },
    pathOf: async (id) => (await project.store.names()).find((name) => name.id === id)?.path ?? '',
    read: (path) => readFileSync(at(path), 'utf8'),
    write: (path, text) => {
      mkdirSync(dirname(at(path)), { recursive: true })
      writeFileSync(at(path), text)
    },
    remove: (path) => rmSync(at(path)),
    exists: (path) => existsSync(at(path)),
    files: () =>
      Object.fromEntries(
        globSync('sessions/**/*.md', { cwd: root })
          .sort((a, b) => (a < b ? -1 : 1))
          .map((path) => [path, readFileSync(at(path), 'utf8')]),
      ),
  }
}

function assigned(fields: Readonly<Record<string, string>>): readonly Assignment[] {
  return Object.entries(fields).map(([field, raw]) => ({ field, raw }))
}
