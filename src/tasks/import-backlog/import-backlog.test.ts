import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STANDARD_CATALOGUE } from '../../model/catalogue.ts'
import { type EntityId, mintEntityId } from '../../model/id.ts'
import type { FieldValue } from '../../model/value.ts'
import { type BacklogFile, type BacklogImport, importBacklog } from './import-backlog.ts'

const SESSION = mintEntityId('session', new Uint8Array(8))

function plan(files: readonly BacklogFile[]): BacklogImport {
  let minted = 0
  const mint = (): EntityId => mintEntityId('task', new Uint8Array(8).fill(++minted))
  return importBacklog({ catalogue: STANDARD_CATALOGUE.task, session: SESSION, mint }, files)
}

function file(id: string, head = '', body = ''): BacklogFile {
  return {
    path: `tasks/${id}.md`,
    text: `---\nid: ${id}\ntitle: Task ${id}\nstatus: To Do\n${head}---\n${body}`,
  }
}

function idOf(result: BacklogImport, foreignId: string): FieldValue {
  return result.tasks.find((task) => task.foreignId === foreignId)?.id ?? null
}

function fieldOf(result: BacklogImport, foreignId: string, field: string): FieldValue {
  return result.tasks.find((task) => task.foreignId === foreignId)?.fields.get(field) ?? null
}

test('references are resolved whatever the order of the files and the spelling of the ids', () => {
  const result = plan([
    file('APP-10', 'dependencies:\n  - app-2\n  - APP-2.01\n  - "3"\n'),
    file('APP-2.1', 'parent_task_id: app-2\n'),
    file('APP-3'),
    file('APP-2'),
    file('APP-2.2'),
  ])
  assert.deepEqual(
    result.tasks.map((task) => task.foreignId),
    ['APP-2', 'APP-2.1', 'APP-2.2', 'APP-3', 'APP-10'],
  )
  assert.deepEqual(fieldOf(result, 'APP-10', 'depends_on'), [
    idOf(result, 'APP-2'),
    idOf(result, 'APP-2.1'),
    idOf(result, 'APP-3'),
  ])
  assert.equal(fieldOf(result, 'APP-2.1', 'parent'), idOf(result, 'APP-2'))
  assert.equal(fieldOf(result, 'APP-2.2', 'parent'), idOf(result, 'APP-2'))
  assert.equal(fieldOf(result, 'APP-2', 'session'), SESSION)
  assert.deepEqual(result.remarks, [])
})

test('references that lead nowhere are kept and remarked on', () => {
  const result = plan([file('APP-1', 'dependencies: [APP-1, APP-9]\nparent_task_id: APP-8\n')])
  assert.deepEqual(fieldOf(result, 'APP-1', 'backlog_dependencies'), ['APP-1', 'APP-9'])
  assert.equal(fieldOf(result, 'APP-1', 'backlog_parent'), 'APP-8')
  assert.equal(fieldOf(result, 'APP-1', 'depends_on'), null)
  assert.equal(result.remarks.length, 2)
})

test('of two files with one id both are imported and the first is meant', () => {
  const result = plan([
    file('APP-1'),
    { ...file('app-1'), path: 'archive/tasks/x.md' },
    file('APP-1.5'),
  ])
  assert.equal(result.tasks.length, 3)
  assert.equal(fieldOf(result, 'APP-1.5', 'parent'), idOf(result, 'APP-1'))
  assert.equal(result.remarks.length, 1)
})

test('sections that no field stands for follow the description', () => {
  const body = '## Why\n\nBecause.\n\n## Description\n\nA door.\n\n## How\n\nSlowly.\n'
  const result = plan([file('APP-1', '', body)])
  assert.equal(
    fieldOf(result, 'APP-1', 'description'),
    'A door.\n\n## Why\n\nBecause.\n\n## How\n\nSlowly.',
  )
})

test('files that are refused are listed with their reason', () => {
  const result = plan([{ path: 'drafts/readme.md', text: 'Hello' }, file('APP-1')])
  assert.equal(result.tasks.length, 1)
  assert.deepEqual(
    result.refused.map((refusal) => refusal.path),
    ['drafts/readme.md'],
  )
})
