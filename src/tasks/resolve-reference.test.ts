import assert from 'node:assert/strict'
import { test } from 'node:test'
import { indexNames } from '../lens/name-index.ts'
import type { DocumentPath } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import { DiptychError } from '../model/error.ts'
import { kindOf, type EntityId } from '../model/id.ts'
import { findEntity, quoted, resolveReference } from './resolve-reference.ts'

function name(id: string, title: string, path: string, live = true): EntityName {
  return {
    id: id as EntityId,
    kind: kindOf(id as EntityId),
    title,
    status: 'pending',
    archived: false,
    position: null,
    ordinal: 0,
    session: null,
    group: null,
    parent: null,
    path,
    formerPaths: [],
    live,
  }
}

const INDEX = indexNames([
  name('t-7k2m9xqd', 'Fix login', 'sessions/main/tasks/t-7k2m9xqd-fix-login.md'),
  name('t-7k2zzzzz', 'Fix login page', 'sessions/main/tasks/t-7k2zzzzz-fix-login-page.md'),
  name('t-9hd4vkaa', 'Deploy: API', 'sessions/main/tasks/t-9hd4vkaa-deploy-api.md'),
  name('g-4m8xqpzz', 'Backend', 'sessions/main/groups/backend.md'),
  name('t-aaaaaaaa', 'Old one', 'sessions/main/tasks/t-aaaaaaaa-old-one.md', false),
])

function found(raw: string): string {
  const outcome = findEntity(INDEX, raw, ['task', 'group'])
  switch (outcome.kind) {
    case 'one':
      return outcome.name.id
    case 'many':
      return `many: ${outcome.names.map(({ id }) => id).join(' ')}`
    case 'none':
      return `none: ${outcome.near.map(({ title }) => title).join(' ')}`
  }
}

test('an entity answers to its id, prefix, stem, path, title, slug and a piece of its title', () => {
  for (const raw of [
    't-9hd4vkaa',
    't-9hd',
    '9hd4',
    't-9hd4vkaa-deploy-api',
    't-9hd4vkaa-deploy-api.md',
    'sessions/main/tasks/t-9hd4vkaa-deploy-api.md',
    'Deploy: API',
    'deploy: api',
    'deploy-api',
    'ploy',
    ' deploy ',
  ]) {
    assert.equal(found(raw), 't-9hd4vkaa', raw)
  }
  assert.equal(found('backend'), 'g-4m8xqpzz')
})

test('a title in full is not ambiguous with longer ones', () => {
  assert.equal(found('fix login'), 't-7k2m9xqd')
})

test('a file name does not decide against titles of exactly these words', () => {
  const home = name('s-maaaaaan', 'Main', 'sessions/main/session.md')
  const index = indexNames([
    home,
    { ...name('t-11111111', 'Pay', 'sessions/main/tasks/x.md'), session: home.id },
    { ...name('t-22222222', 'X', 'sessions/main/tasks/done/x-2.md'), status: 'completed' },
    name('t-33333333', 'x', 'sessions/main/tasks/x-3.md'),
  ])
  const ids = (raw: string): readonly string[] => {
    const outcome = findEntity(index, raw, ['task'])
    return outcome.kind === 'many' ? outcome.names.map(({ id }) => id) : [outcome.kind]
  }
  assert.deepEqual(ids('x'), ['t-11111111', 't-22222222', 't-33333333'])
  assert.deepEqual(ids('x.md'), ['one'])
  assert.deepEqual(ids('x-3'), ['one'])
  assert.throws(
    () => resolveReference(index, 'x', ['task']),
    (error) => {
      assert(error instanceof DiptychError)
      assert.deepEqual(error.details.valid, [
        't-11111111 Pay (pending, in Main)',
        't-33333333 x (pending)',
        't-22222222 X (completed)',
      ])
      return true
    },
  )
})

test('of several of these words those of the session that one stands in are meant', () => {
  const index = indexNames([
    name('g-11111111', 'Api', 'sessions/main/groups/api.md'),
    name('g-22222222', 'Api', 'sessions/other/groups/api.md'),
    name('g-33333333', 'Api', 'sessions/other/groups/api-2.md'),
  ])
  const from = (path: string): string =>
    findEntity(index, 'api', ['group'], path as DocumentPath).kind
  assert.equal(from('sessions/main/tasks/t-1.md'), 'one')
  assert.equal(from('sessions/other/tasks/t-1.md'), 'many')
})

test('what stands for several lists all of them', () => {
  assert.equal(found('t-7k2'), 'many: t-7k2m9xqd t-7k2zzzzz')
  assert.equal(found('login'), 'many: t-7k2m9xqd t-7k2zzzzz')
  assert.throws(
    () => resolveReference(INDEX, 'login', ['task']),
    (error) =>
      error instanceof DiptychError &&
      error.code === 'ambiguous' &&
      error.details.valid?.length === 2,
  )
})

test('what stands for nothing names what is near, by a whole title or as many words of one', () => {
  assert.equal(found('Fix lgoin'), 'none: Fix login Fix login page')
  assert.equal(found('lgoin'), 'none: Fix login Fix login page')
  assert.equal(found('Bakcend'), 'none: Backend')
  assert.equal(found('quite another thing'), 'none: ')
  assert.equal(found(''), 'none: ')
  assert.throws(
    () => resolveReference(INDEX, 'bakcend', ['group']),
    (error) =>
      error instanceof DiptychError &&
      error.details.hint === 'did you mean Backend? Else: diptych group add bakcend',
  )
})

test('an entity in the trash is not found, and its way back is said', () => {
  assert.throws(
    () => resolveReference(INDEX, 't-aaaaaaaa', ['task']),
    (error) =>
      error instanceof DiptychError &&
      error.code === 'not-found' &&
      error.details.hint === 'diptych restore t-aaaaaaaa',
  )
})

test('an unknown group lists the groups and how to add it', () => {
  assert.throws(
    () => resolveReference(INDEX, 'User interface', ['group']),
    (error) => {
      assert(error instanceof DiptychError)
      assert.deepEqual(error.details.valid, ['g-4m8xqpzz Backend'])
      assert.equal(error.details.hint, "diptych group add 'User interface'")
      return true
    },
  )
})

test('a quoted word is one argument of a shell', () => {
  assert.equal(quoted("it's"), "'it'\\''s'")
  assert.equal(quoted('plain-1.2'), 'plain-1.2')
})
