import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  COMPLEXITIES,
  PRIORITIES,
  SESSION_STATUSES,
  TASK_STATUSES,
  TASK_TYPES,
  type ChecklistItem,
  type Comment,
  type Group,
  type Note,
  type Session,
  type Task,
  type TaskResult,
} from '../../src/library/main.ts'
import type {
  GroupInput,
  NoteInput,
  SessionInput,
  TaskInput,
  TaskResultInput,
} from '../../src/library/main.ts'
import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import type { FieldType } from '../../src/model/field.ts'
import type { EntityKind } from '../../src/model/id.ts'
import { workspace } from './bed.ts'

/** What each type of field is in an entity. A field whose type says otherwise does not compile below. */
interface Shapes {
  readonly text: string | null
  readonly name: string
  readonly markdown: string | null
  readonly date: string | null
  readonly number: number | null
  readonly percent: number
  readonly flag: boolean
  readonly list: readonly string[]
  readonly checklist: readonly ChecklistItem[]
  readonly comments: readonly Comment[]
  readonly reference: string | null
  readonly session: string
  readonly references: readonly string[]
  readonly status: Task['status']
  readonly 'session status': Session['status']
  readonly priority: Task['priority']
  readonly type: Task['type']
  readonly complexity: Task['complexity']
}

type Same<A, B> = [A, B] extends [B, A] ? true : false

/** The shape's name, if a field of that shape has exactly the type that the entity gives it. */
type Named<Value> = {
  [Name in keyof Shapes]: Same<Value, Shapes[Name]> extends true ? Name : never
}[keyof Shapes]

type Fixed = 'id' | 'path' | 'revision' | 'updated' | 'customFields' | 'result'
type ShapeOf<E> = { readonly [Name in Exclude<keyof E, Fixed | 'kind'>]: Named<E[Name]> }

const TASK: ShapeOf<Task> = {
  title: 'name',
  status: 'status',
  session: 'session',
  priority: 'priority',
  group: 'reference',
  specialist: 'text',
  assignee: 'text',
  parent: 'reference',
  created: 'date',
  due: 'date',
  type: 'type',
  complexity: 'complexity',
  estimate: 'number',
  actual: 'number',
  progress: 'percent',
  started: 'date',
  completed: 'date',
  labels: 'list',
  depends_on: 'references',
  position: 'number',
  archived: 'flag',
  description: 'markdown',
  criteria: 'checklist',
  checklist: 'checklist',
  plan: 'markdown',
  notes: 'markdown',
  comments: 'comments',
}
const RESULT: { readonly [Name in keyof TaskResult]: Named<TaskResult[Name]> } = {
  summary: 'markdown',
  detail: 'markdown',
  files: 'list',
}
const GROUP: ShapeOf<Group> = {
  title: 'name',
  status: 'status',
  session: 'session',
  priority: 'priority',
  parent: 'reference',
  specialists: 'list',
  position: 'number',
  created: 'date',
  archived: 'flag',
  description: 'markdown',
  notes: 'markdown',
}
const SESSION: ShapeOf<Session> = {
  name: 'name',
  status: 'session status',
  type: 'text',
  mode: 'text',
  priority: 'priority',
  created: 'date',
  archived: 'flag',
  description: 'markdown',
  links: 'markdown',
}
const NOTE: ShapeOf<Note> = {
  title: 'text',
  note_kind: 'name',
  session: 'session',
  created: 'date',
  archived: 'flag',
  body: 'markdown',
}

const DECLARED: Readonly<Record<EntityKind, Readonly<Record<string, keyof Shapes>>>> = {
  session: SESSION,
  group: GROUP,
  note: NOTE,
  task: {
    ...TASK,
    ...Object.fromEntries(Object.entries(RESULT).map(([part, shape]) => [`result.${part}`, shape])),
  },
}

/** Kind of a field's type that a shape stands for. */
function kindOfShape(shape: keyof Shapes): FieldType['kind'] {
  switch (shape) {
    case 'name':
      return 'text'
    case 'percent':
      return 'number'
    case 'session':
      return 'reference'
    case 'status':
    case 'session status':
    case 'priority':
    case 'type':
    case 'complexity':
      return 'enum'
    default:
      return shape === 'markdown' ? 'markdown' : shape
  }
}

/** A field's type may be reached by several shapes, as texts, Markdown, days and references are all texts. */
const TEXTS: ReadonlySet<string> = new Set(['text', 'markdown', 'date', 'reference'])
const LISTS: ReadonlySet<string> = new Set(['list', 'references'])

function fits(shape: keyof Shapes, kind: FieldType['kind']): boolean {
  const wanted = kindOfShape(shape)
  return (
    wanted === kind ||
    (TEXTS.has(wanted) && TEXTS.has(kind)) ||
    (LISTS.has(wanted) && LISTS.has(kind))
  )
}

test('entities have the fields of the catalogue, of its types, and no others', () => {
  for (const [kind, catalogue] of Object.entries(STANDARD_CATALOGUE)) {
    const declared = DECLARED[kind as EntityKind]
    const names = [...catalogue.keys()].map((name) =>
      kind === 'note' && name === 'kind' ? 'note_kind' : name,
    )
    assert.deepEqual(Object.keys(declared).sort(), names.sort(), kind)
    for (const [name, { type }] of catalogue) {
      const shape = declared[kind === 'note' && name === 'kind' ? 'note_kind' : name]
      assert.ok(shape !== undefined && fits(shape, type.kind), `${kind}.${name} is ${type.kind}`)
    }
  }
})

test('every field of an entity can be set, but for what follows from its work', () => {
  type Settable<E> = Exclude<keyof E, Fixed | 'kind'>
  type Given<Input> = Exclude<keyof Input, 'id' | 'kind' | 'path' | 'revision' | 'updated'>
  const same: readonly true[] = [
    true satisfies Same<Settable<Task> | 'result' | 'customFields', Given<TaskInput>>,
    true satisfies Same<Settable<Group> | 'customFields', Given<GroupInput>>,
    true satisfies Same<Settable<Session> | 'customFields', Given<SessionInput>>,
    true satisfies Same<Settable<Note> | 'customFields', Given<NoteInput>>,
    true satisfies Same<keyof TaskResult, keyof TaskResultInput>,
  ]
  assert.ok(same.every(Boolean))
})

function valuesOf(kind: EntityKind, field: string): readonly string[] {
  const type = STANDARD_CATALOGUE[kind].get(field)?.type
  return type?.kind === 'enum' ? type.values.map(({ key }) => key) : []
}

test('the lists of values are those of the catalogue, in its order', () => {
  assert.deepEqual(valuesOf('task', 'status'), TASK_STATUSES)
  assert.deepEqual(valuesOf('group', 'status'), TASK_STATUSES)
  assert.deepEqual(valuesOf('session', 'status'), SESSION_STATUSES)
  assert.deepEqual(valuesOf('task', 'type'), TASK_TYPES)
  assert.deepEqual(valuesOf('task', 'complexity'), COMPLEXITIES)
  for (const kind of ['session', 'group', 'task'] as const) {
    assert.deepEqual(valuesOf(kind, 'priority'), PRIORITIES)
  }
})

function keysOf(entity: object): readonly string[] {
  return Object.keys(entity).sort()
}

test('what comes out has the keys that its type says, and nothing else', async (t) => {
  const ws = await workspace(t)
  const session = await ws.sessions.create({ name: 'Sprint' })
  const group = await ws.groups.create({ title: 'Backend' })
  const task = await ws.tasks.create({ title: 'Fix login' })
  const note = await ws.notes.create({ title: 'Decisions' })
  const fixed = ['kind', 'id', 'path', 'revision', 'updated', 'customFields']
  const wanted = (shape: object, ...more: readonly string[]): readonly string[] =>
    [...fixed, ...Object.keys(shape), ...more].sort()
  assert.deepEqual(keysOf(session), wanted(SESSION))
  assert.deepEqual(keysOf(group), wanted(GROUP))
  assert.deepEqual(keysOf(task), wanted(TASK, 'result'))
  assert.deepEqual(keysOf(task.result), Object.keys(RESULT).sort())
  assert.deepEqual(keysOf(note), wanted(NOTE))
})
