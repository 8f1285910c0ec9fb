import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Edge, EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import { blockedTasks } from './overview-tasks.ts'

const SESSION = 's-1' as EntityId

function task(id: string, ordinal: number, more: Partial<EntityName> = {}): EntityName {
  return {
    id: id as EntityId,
    kind: 'task',
    title: id,
    status: 'pending',
    archived: false,
    position: null,
    ordinal,
    session: SESSION,
    group: null,
    parent: null,
    path: null,
    formerPaths: [],
    live: true,
    ...more,
  }
}

function needs(from: string, to: string): Edge {
  return { kind: 'dependency', from: from as EntityId, to: to as EntityId }
}

const link = (id: EntityId): { title: string; path: null } => ({ title: id, path: null })

function view(
  tasks: readonly EntityName[],
  ...edges: readonly Edge[]
): { readonly lines: readonly string[]; readonly more: number; readonly ready: number } {
  const names = new Map(tasks.map((name) => [name.id, name]))
  const { blocked, ready } = blockedTasks({ names, edges, shared: false }, SESSION, link)
  const lines = blocked.items.map(({ title, marked, by }) => {
    const waits = by.items.map((item) => item.title).join(' ')
    return `${title}${marked ? '!' : ''} ${waits}${by.more > 0 ? ` +${by.more}` : ''}`.trim()
  })
  return { lines, more: blocked.more, ready }
}

test('marked tasks come first, then those that wait, each in the order of the board', () => {
  const found = view(
    [
      task('t-1', 9),
      task('t-2', 8, { status: 'blocked' }),
      task('t-3', 7),
      task('t-4', 1),
      task('t-5', 6, { status: 'blocked' }),
    ],
    needs('t-1', 't-4'),
    needs('t-3', 't-4'),
    needs('t-2', 't-1'),
  )
  assert.deepEqual(found, { lines: ['t-5!', 't-2! t-1', 't-3 t-4', 't-1 t-4'], more: 0, ready: 1 })
})

test('a completed dependency blocks nothing; a cancelled one and one in the trash do', () => {
  const found = view(
    [
      task('t-1', 1, { status: 'completed' }),
      task('t-2', 2, { status: 'cancelled' }),
      task('t-3', 3, { live: false, status: 'completed' }),
      task('t-4', 4),
    ],
    needs('t-4', 't-1'),
    needs('t-4', 't-2'),
    needs('t-4', 't-3'),
  )
  assert.deepEqual(found.lines, ['t-4 t-2 t-3'])
})

test('what is over, archived or of another session is not blocked', () => {
  const found = view(
    [
      task('t-1', 1),
      task('t-2', 2, { status: 'failed' }),
      task('t-3', 3, { archived: true }),
      task('t-4', 4, { session: 's-2' as EntityId }),
    ],
    needs('t-2', 't-1'),
    needs('t-3', 't-1'),
    needs('t-4', 't-1'),
  )
  assert.deepEqual(found, { lines: [], more: 0, ready: 1 })
})

test('of many the first are listed and the rest is counted', () => {
  const tasks = Array.from({ length: 40 }, (_, i) => task(`t-${i}`, 100 - i))
  const edges = tasks.slice(1).flatMap(({ id }) => [needs(id, 't-0'), needs(id, 't-x')])
  const { lines, more, ready } = view(tasks, ...edges, needs('t-39', 't-1'), needs('t-39', 't-2'))
  assert.deepEqual([lines.length, more, ready], [15, 24, 1])
  assert.equal(lines[0], 't-39 t-0 t-x t-1 +1')
  assert.equal(lines[1], 't-38 t-0 t-x')
})
