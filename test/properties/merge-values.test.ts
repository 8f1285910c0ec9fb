import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { fold } from '../../src/lens/fold.ts'
import { mergeChecklist } from '../../src/merge/checklist.ts'
import { mergeFields } from '../../src/merge/fields.ts'
import { mergeSet } from '../../src/merge/set.ts'
import type { FieldMerge } from '../../src/merge/fields.ts'
import { fieldOf } from '../../src/model/field.ts'
import type { ChecklistItem, FieldValue, Fields } from '../../src/model/value.ts'
import { runs } from './runs.ts'
import { TASK_CATALOGUE, threeChecklists, threeFields, threeLists } from './merge-values.ts'

function count(list: readonly string[], element: string): number {
  return list.filter((other) => other === element).length
}

function unique(list: readonly string[]): readonly string[] {
  return [...new Set(list)]
}

test('a list holds what either side added and lacks what either side removed', () => {
  fc.assert(
    fc.property(threeLists, ({ base, folder, database }) => {
      const merged = mergeSet(base, folder, database)
      for (const element of new Set([...base, ...folder, ...database])) {
        const [origin, there, here] = [base, folder, database].map((side) => count(side, element))
        assert.ok(origin !== undefined && there !== undefined && here !== undefined)
        const kept = Math.min(origin, there, here)
        const added = Math.max(there, here, origin) - origin
        assert.equal(count(merged, element), kept + added, element)
      }
    }),
    runs(),
  )
})

test('lists merge to the same elements from either side, and to the side that changed alone', () => {
  fc.assert(
    fc.property(threeLists, ({ base, folder, database }) => {
      const merged = mergeSet(base, folder, database)
      assert.deepEqual([...mergeSet(base, database, folder)].sort(), [...merged].sort())
      assert.deepEqual(mergeSet(base, folder, base), folder)
      assert.deepEqual(mergeSet(base, base, database), database)
      assert.deepEqual(mergeSet(base, folder, folder), folder)
      assert.deepEqual(mergeSet(base, merged, merged), merged)
    }),
    runs(),
  )
})

test('a merged list keeps the order of a side that did not lose to another order', () => {
  fc.assert(
    fc.property(threeLists, ({ base, folder, database }) => {
      const [origin, there, here] = [unique(base), unique(folder), unique(database)]
      const merged = mergeSet(origin, there, here)
      const inOrder = (side: readonly string[]): boolean => {
        const kept = side.filter((element) => merged.includes(element))
        return kept.join() === merged.filter((element) => side.includes(element)).join()
      }
      assert.ok(inOrder(there) || inOrder(here))
    }),
    runs(),
  )
})

function textsOf(lists: readonly (readonly ChecklistItem[])[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.map((item) => item.text)))
}

function sorted(list: readonly ChecklistItem[]): readonly string[] {
  return list.map((item) => JSON.stringify(item)).sort()
}

/** Tells whether no two items of a list say the same. */
function isVaried(list: readonly ChecklistItem[]): boolean {
  return new Set(list.map((item) => fold(item.text))).size === list.length
}

function ticks(list: readonly ChecklistItem[]): readonly boolean[] {
  return list.map((item) => item.done)
}

test('checklists merge to the side that changed alone, to equal sides, and alike from either side', () => {
  fc.assert(
    fc.property(threeChecklists, ({ base, folder, database }) => {
      const merge = mergeChecklist(base, folder, database)
      const mirrored = mergeChecklist(base, database, folder)
      assert.deepEqual(mergeChecklist(base, folder, base), { kind: 'merged', value: folder })
      assert.deepEqual(mergeChecklist(base, base, database), { kind: 'merged', value: database })
      assert.deepEqual(mergeChecklist(base, folder, folder), { kind: 'merged', value: folder })
      if (merge.kind === 'merged') {
        assert.ok(mirrored.kind === 'merged')
        assert.deepEqual(sorted(mirrored.value), sorted(merge.value))
      } else {
        assert.ok(mirrored.kind === 'conflict')
        assert.deepEqual(sorted(mirrored.agreed), sorted(merge.agreed))
        assert.deepEqual(sorted(mirrored.folder), sorted(merge.database))
        assert.deepEqual(sorted(mirrored.database), sorted(merge.folder))
      }
    }),
    runs(),
  )
})

test('every wording that a side brings to a checklist is in the outcome', () => {
  fc.assert(
    fc.property(threeChecklists, ({ base, folder, database }) => {
      const merge = mergeChecklist(base, folder, database)
      const held = textsOf(merge.kind === 'merged' ? [merge.value] : [merge.folder, merge.database])
      const known = textsOf([base])
      for (const text of textsOf([folder, database])) assert.ok(known.has(text) || held.has(text))
      for (const text of held) assert.ok(textsOf([base, folder, database]).has(text))
    }),
    runs(),
  )
})

test('a conflict in a checklist is in wordings alone and is found again', () => {
  fc.assert(
    fc.property(threeChecklists, ({ base, folder, database }) => {
      const merge = mergeChecklist(base, folder, database)
      if (merge.kind === 'merged') return
      assert.deepEqual(ticks(merge.folder), ticks(merge.database))
      assert.deepEqual(ticks(merge.folder), ticks(merge.agreed))
      if (![base, folder, database].every(isVaried)) return
      assert.deepEqual(mergeChecklist(merge.agreed, merge.folder, merge.database), merge)
    }),
    runs(),
  )
})

function at(fields: Fields, name: string): FieldValue {
  return fieldOf(TASK_CATALOGUE, fields, name)
}

function entries(fields: Fields): ReadonlyMap<string, FieldValue> {
  return new Map([...fields].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function kinds(changes: readonly FieldMerge[]): ReadonlyMap<string, FieldMerge['kind']> {
  return new Map(changes.map((change) => [change.field, change.kind]))
}

test('an entity that one side left alone becomes the other side', () => {
  fc.assert(
    fc.property(threeFields, ({ base, folder: side }) => {
      const fromFolder = mergeFields(TASK_CATALOGUE, base, side, base)
      const fromDatabase = mergeFields(TASK_CATALOGUE, base, base, side)
      const equal = mergeFields(TASK_CATALOGUE, base, side, side)
      for (const merge of [fromFolder, fromDatabase, equal]) {
        assert.deepEqual(entries(merge.agreed), entries(side))
        assert.deepEqual(entries(merge.folder), entries(side))
        assert.deepEqual(entries(merge.database), entries(side))
        assert.deepEqual(merge.conflicts, [])
      }
      assert.ok(fromFolder.changes.every((change) => change.kind === 'folder'))
      assert.ok(fromDatabase.changes.every((change) => change.kind === 'database'))
      assert.ok(equal.changes.every((change) => change.kind === 'equal'))
    }),
    runs(),
  )
})

test('each field of an entity is merged by itself: only what both changed can be in conflict', () => {
  fc.assert(
    fc.property(threeFields, ({ base, folder, database }) => {
      const merge = mergeFields(TASK_CATALOGUE, base, folder, database)
      const changed = new Set(merge.changes.map((change) => change.field))
      for (const name of new Set([...TASK_CATALOGUE.keys(), 'ticket'])) {
        if (changed.has(name)) continue
        for (const state of [folder, database, merge.agreed, merge.folder, merge.database]) {
          assert.deepEqual(at(state, name), at(base, name))
        }
      }
      for (const change of merge.changes) {
        assert.deepEqual(
          at(merge.agreed, change.field),
          change.agreed ?? at(new Map(), change.field),
        )
        if (change.kind === 'folder') assert.deepEqual(change.folder, at(folder, change.field))
        if (change.kind === 'database') {
          assert.deepEqual(change.folder, at(database, change.field))
        }
        if (change.kind !== 'conflict') assert.deepEqual(change.folder, change.database)
        else assert.notDeepEqual(change.folder, change.database)
      }
    }),
    runs(),
  )
})

test('the states of an outcome merge to themselves', () => {
  fc.assert(
    fc.property(threeFields, ({ base, folder, database }) => {
      const merge = mergeFields(TASK_CATALOGUE, base, folder, database)
      const again = mergeFields(TASK_CATALOGUE, merge.agreed, merge.folder, merge.database)
      assert.deepEqual(again.conflicts, merge.conflicts)
      assert.deepEqual(entries(again.folder), entries(merge.folder))
      assert.deepEqual(entries(again.database), entries(merge.database))
      assert.deepEqual(entries(again.agreed), entries(merge.agreed))
    }),
    runs(),
  )
})

test('an entity merges alike from either side', () => {
  fc.assert(
    fc.property(threeFields, ({ base, folder, database }) => {
      const swap = { folder: 'database', database: 'folder' } as const
      const merge = mergeFields(TASK_CATALOGUE, base, folder, database)
      const mirrored = mergeFields(TASK_CATALOGUE, base, database, folder)
      const expected = [...kinds(merge.changes)].map(([name, kind]) => {
        const mirror = kind === 'folder' || kind === 'database' ? swap[kind] : kind
        return [name, mirror] as const
      })
      assert.deepEqual(kinds(mirrored.changes), new Map(expected))
    }),
    runs(),
  )
})

test('a policy that names a winner leaves no conflict and loses nothing that does not collide', () => {
  fc.assert(
    fc.property(threeFields, ({ base, folder, database }) => {
      const names = [...TASK_CATALOGUE.keys(), 'ticket']
      const asked = mergeFields(TASK_CATALOGUE, base, folder, database)
      for (const side of ['folder', 'database'] as const) {
        const policies = new Map(names.map((name) => [name, `${side}_wins`] as const))
        const merge = mergeFields(TASK_CATALOGUE, base, folder, database, policies)
        assert.deepEqual(merge.conflicts, [])
        for (const change of asked.conflicts) {
          const won = merge.changes.find((other) => other.field === change.field)
          assert.deepEqual(won?.agreed, change[side])
        }
      }
    }),
    runs(),
  )
})
