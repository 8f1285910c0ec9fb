import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STANDARD_CATALOGUE } from '../model/catalogue.ts'
import type { EntityId } from '../model/id.ts'
import type { FieldValue } from '../model/value.ts'
import { entityJson } from './entity-json.ts'
import type { Project } from './project.ts'
import type { EntityView } from './read-entity.ts'

const PROJECT = { catalogue: STANDARD_CATALOGUE } as Project

function view(id: string, fields: readonly (readonly [string, FieldValue])[]): EntityView {
  const kind = id.startsWith('n') ? 'note' : 'task'
  const entity = {
    id: id as EntityId,
    kind,
    fields: new Map(fields),
    revision: 3,
    ordinal: 1,
    updated: 0,
  } as const
  return { entity, path: 'a.md', warnings: [] }
}

test('every field of the catalogue is there, defaults in effect and composites under one name', () => {
  const json = entityJson(PROJECT, view('t-7k2m9xqd', [['result.summary', 'works']]))
  for (const name of STANDARD_CATALOGUE.task.keys()) {
    assert((name.split('.')[0] as string) in json, name)
  }
  assert.equal(json['status'], 'pending')
  assert.equal(json['due'], null)
  assert.deepEqual(json['result'], { summary: 'works', detail: null, files: [] })
  assert.equal(json['updated'], '1970-01-01T00:00:00.000Z')
})

test("H109 a custom field of any name is data, a prototype's too", () => {
  const json = entityJson(PROJECT, view('t-7k2m9xqd', [['__proto__', 'x']]))
  assert.match(JSON.stringify(json), /"customFields":\{"__proto__":"x"\}/)
})

test('the kind of a note does not hide that it is a note', () => {
  const json = entityJson(PROJECT, view('n-7k2m9xqd', [['kind', 'decisions']]))
  assert.equal(json['kind'], 'note')
  assert.equal(json['note_kind'], 'decisions')
})
