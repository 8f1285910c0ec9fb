import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Edge, EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import { type GraphRequest, selectGraph } from './dependency-graph.ts'

const ALL: GraphRequest = { among: () => true, around: null, finished: false, most: 100 }

function task(id: string, more: Partial<EntityName> = {}): EntityName {
  return {
    id: id as EntityId,
    kind: 'task',
    title: id,
    status: 'pending',
    archived: false,
    position: null,
    ordinal: 0,
    session: null,
    group: null,
    parent: null,
    path: null,
    formerPaths: [],
    live: true,
    ...more,
  }
}

function needs(from: string, to: string, kind: Edge['kind'] = 'dependency'): Edge {
  return { kind, from: from as EntityId, to: to as EntityId }
}

function select(
  names: readonly EntityName[],
  edges: readonly Edge[],
  request: Partial<GraphRequest> = {},
): { readonly ids: readonly string[]; readonly edges: number; readonly more: number } {
  const graph = selectGraph(names, edges, { ...ALL, ...request })
  return { ids: graph.tasks.map(({ id }) => id), edges: graph.edges.length, more: graph.more }
}

test('tasks that nothing joins are left out', () => {
  const names = [task('t-1'), task('t-2'), task('t-3')]
  const found = select(names, [needs('t-1', 't-2')])
  assert.deepEqual(found, { ids: ['t-1', 't-2'], edges: 1, more: 0 })
})

test('what is over is shown where something open waited for it', () => {
  const over = { status: 'completed' }
  const names = [task('t-1'), task('t-2', over), task('t-3', over)]
  const edges = [needs('t-1', 't-2'), needs('t-2', 't-3')]
  assert.deepEqual(select(names, edges).ids, ['t-1', 't-2'])
  assert.deepEqual(select(names, edges, { finished: true }).ids, ['t-1', 't-2', 't-3'])
})

const among = ({ id }: EntityName): boolean => id === 't-1'

test('what is asked about brings what it waits for, from wherever that is', () => {
  const names = [task('t-1'), task('t-2'), task('t-3')]
  const edges = [needs('t-1', 't-2'), needs('t-3', 't-1')]
  assert.deepEqual(select(names, edges, { among }).ids, ['t-1', 't-2'])
})

test('around a task stands all that it waits for and all that waits for it, however far', () => {
  const names = ['t-1', 't-2', 't-3', 't-4', 't-5', 't-6'].map((id) => task(id))
  const edges = [
    needs('t-3', 't-2'),
    needs('t-2', 't-1'),
    needs('t-4', 't-3'),
    needs('t-5', 't-3', 'parent'),
    needs('t-6', 't-1'),
  ]
  const found = select(names, edges, { around: 't-3' as EntityId })
  assert.deepEqual(found.ids, ['t-3', 't-2', 't-1', 't-4', 't-5'])
})

test('a circle ends', () => {
  const names = [task('t-1'), task('t-2'), task('t-3')]
  const edges = [needs('t-1', 't-2'), needs('t-2', 't-3'), needs('t-3', 't-1')]
  assert.equal(select(names, edges).edges, 3)
  assert.equal(select(names, edges, { around: 't-2' as EntityId }).edges, 3)
})

test('more than may be shown is counted, and no edge leads to what is not shown', () => {
  const names = Array.from({ length: 50 }, (_, i) => task(`t-${i}`))
  const edges = names.slice(1).map(({ id }, i) => needs(id, `t-${i}`))
  const found = select(names, edges, { most: 10 })
  assert.deepEqual([found.ids.length, found.edges, found.more], [10, 9, 40])
})

test('groups, archived tasks and those in the trash are no part of it', () => {
  const names = [task('t-1'), task('t-2', { archived: true }), task('t-3', { live: false })]
  assert.deepEqual(select(names, [needs('t-1', 't-2'), needs('t-1', 't-3')]).ids, [])
})
