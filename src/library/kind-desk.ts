import { DiptychError } from '../model/error.ts'
import type { EntityKind } from '../model/id.ts'
import { titleField } from '../model/title.ts'
import { addNote, type NewNote } from '../tasks/add-note.ts'
import { createItem } from '../tasks/create-item.ts'
import { createSession } from '../tasks/create-session.ts'
import { editEntity } from '../tasks/edit-entity.ts'
import { entityJson } from '../tasks/entity-json.ts'
import { findEntity } from '../tasks/resolve-reference.ts'
import { listEntities } from '../tasks/list-entities.ts'
import type { Assignment } from '../tasks/parse-assignments.ts'
import type { Project } from '../tasks/project.ts'
import { readEntityChanges } from '../tasks/read-entity-changes.ts'
import { findEntityView, readEntity, type EntityView } from '../tasks/read-entity.ts'
import { readNames } from '../tasks/read-names.ts'
import { removeEntity } from '../tasks/remove-entity.ts'
import { restoreEntity } from '../tasks/restore-entities.ts'
import { ANYTHING, checkArgument, checkOptions, FIELDS, REFERENCE, TEXT } from './check-call.ts'
import type { ChangeOptions, Page, Reference } from './inputs.ts'
import type { Collection } from './collection.ts'
import { checkFilter, checkPage, listRequest } from './list-request.ts'
import type { WorkspaceCore } from './workspace-core.ts'

/** Rows that a list reads at a time. */
const PAGE = 200

/** Methods that the history calls by another word. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ['edit', 'update'],
  ['done', 'complete'],
])

interface RemoveOptions {
  readonly reason?: string | undefined
}

/** The work of a collection of one kind; its entities have the type of that kind. */
export class KindDesk<Entity> {
  readonly core: WorkspaceCore
  readonly kind: EntityKind

  constructor(core: WorkspaceCore, kind: EntityKind) {
    this.core = core
    this.kind = kind
  }

  /** Makes an entity. */
  async create(input: object): Promise<Entity> {
    const { kind, core } = this
    checkArgument(this.call('create'), 'the first argument', input, FIELDS)
    return await core.change(async (project) => {
      const all = readEntityChanges(project, kind, input)
      const naming = titleField(kind)
      const title = titleOf(kind, all, naming)
      const assignments = all.filter(({ field }) => field !== naming)
      const view =
        kind === 'session'
          ? await createSession(project, { name: title, assignments, use: false })
          : kind === 'note'
            ? await addNote(project, noteOf(title, assignments))
            : await createItem(project, kind, { title, assignments })
      return this.shown(project, view)
    })
  }

  async get(reference: Reference): Promise<Entity | null> {
    this.assertReference('get', reference)
    return await this.core.read(async (project) => {
      const found = findEntity(await readNames(project), reference, [this.kind])
      switch (found.kind) {
        case 'one':
          return this.shown(project, await readEntity(project, found.name.id))
        case 'none':
          return null
        case 'many':
          return this.shown(project, await findEntityView(project, reference, [this.kind]))
      }
    })
  }

  /** Everything that matches, read anew by each iteration. */
  list(filter: object = {}): AsyncIterable<Entity> {
    checkFilter(this.call('list'), filter)
    return { [Symbol.asyncIterator]: () => this.#pages(filter) }
  }

  async *#pages(filter: object): AsyncGenerator<Entity, void, undefined> {
    let cursor: string | null = null
    do {
      const page: Page<Entity> = await this.page({ ...filter, cursor, limit: PAGE })
      yield* page.items
      cursor = page.nextCursor
    } while (cursor !== null)
  }

  async page(filter: object = {}): Promise<Page<Entity>> {
    checkPage(this.call('page'), filter)
    return await this.core.read(async (project) => {
      const { items, total, nextCursor } = await listEntities(
        project,
        listRequest(this.kind, filter),
      )
      return { items: items.map((view) => this.shown(project, view)), total, nextCursor }
    })
  }

  async update(
    reference: Reference,
    changes: object,
    options: ChangeOptions = {},
    done = 'edit',
  ): Promise<Entity> {
    const { kind, core } = this
    const call = this.call(METHODS.get(done) ?? done)
    checkArgument(call, 'the reference', reference, REFERENCE)
    checkArgument(call, 'the second argument', changes, FIELDS)
    checkOptions<ChangeOptions>(call, options, { expectedRevision: ANYTHING })
    return await core.change(async (project) => {
      const assignments = readEntityChanges(project, kind, changes)
      const ifRevision = revisionOf(options)
      const summary = `${kind} ${done}`
      const edit = { reference, kinds: [kind], assignments, ifRevision, summary }
      return this.shown(project, await editEntity(project, edit))
    })
  }

  async remove(reference: Reference, options: RemoveOptions = {}): Promise<Entity> {
    this.assertReference('remove', reference)
    checkOptions<RemoveOptions>(this.call('remove'), options, { reason: TEXT })
    const { reason = null } = options
    return await this.core.change(async (project) => {
      const removal = { reference, kinds: [this.kind], reason }
      return this.shown(project, await removeEntity(project, removal))
    })
  }

  async restore(reference: Reference): Promise<Entity> {
    this.assertReference('restore', reference)
    return await this.core.change(async (project) => {
      const { view } = await restoreEntity(project, reference, [this.kind])
      return this.shown(project, view)
    })
  }

  /** A method as messages name it. */
  call(method: string): string {
    return `${this.kind}s.${method}`
  }

  /** Throws `usage` for what is no reference. */
  assertReference(method: string, reference: unknown): void {
    checkArgument(this.call(method), 'the reference', reference, REFERENCE)
  }

  /** An entity as callers have it; its warnings go to the logger. */
  shown(project: Project, view: EntityView): Entity {
    this.core.warn(view.warnings)
    return entityJson(project, view) as Entity
  }

  /** The methods of a {@link Collection}, apart from the object that they belong to. */
  methods<New extends object, Changes extends object, Filter extends object>(): Collection<
    Entity,
    New,
    Changes,
    Filter
  > {
    return {
      create: async (input) => await this.create(input),
      get: async (reference) => await this.get(reference),
      list: (filter) => this.list(filter),
      page: async (filter) => await this.page(filter),
      update: async (reference, changes, options) => await this.update(reference, changes, options),
      remove: async (reference, options) => await this.remove(reference, options),
      restore: async (reference) => await this.restore(reference),
    }
  }
}

function noteOf(title: string, assignments: readonly Assignment[]): NewNote {
  const session = assignments.find(({ field }) => field === 'session')
  const named = session !== undefined && 'value' in session ? session.value : null
  return {
    title,
    text: null,
    session: typeof named === 'string' ? named : null,
    append: false,
    assignments: assignments.filter(({ field }) => field !== 'session'),
  }
}

function titleOf(kind: EntityKind, assignments: readonly Assignment[], naming: string): string {
  const given = assignments.find(({ field }) => field === naming)
  const title = given === undefined || 'raw' in given ? undefined : given.value
  if (typeof title === 'string') return title
  throw new DiptychError('usage', {
    what: `a ${kind} needs a ${naming}`,
    hint: `give it one: { ${naming}: 'A short ${naming}' }`,
  })
}

/** Revision that a change expects, null where it expects none. Throws `invalid-value`. */
export function revisionOf({ expectedRevision }: ChangeOptions): number | null {
  if (expectedRevision === undefined) return null
  if (Number.isInteger(expectedRevision) && expectedRevision >= 1) return expectedRevision
  throw new DiptychError('invalid-value', {
    what: `expectedRevision cannot be ${String(expectedRevision)}`,
    valid: ['the revision of an entity that was read'],
    hint: 'expectedRevision: task.revision',
  })
}
