import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { EntityId } from '../../src/model/id.ts'
import type { Store } from '../../src/ports/store.ts'
import { runs } from '../properties/runs.ts'
import {
  type MakeStoreBed,
  commit,
  create,
  documentAt,
  idOf,
  idsOf,
  update,
  withStore,
} from './store-bed.ts'

const [A, B, C] = [idOf(1), idOf(2), idOf(3)]

async function hits(store: Store, text: string): Promise<readonly EntityId[]> {
  return idsOf(await store.search(text, 10))
}

const HOSTILE = [
  '',
  ' ',
  '"',
  '""',
  '*',
  'a*',
  'AND',
  'OR NOT',
  'NEAR(a b)',
  'title:x',
  '-x',
  '^x',
  '(',
  'a AND (b',
  '{a b}: c',
  '\0',
  'x\0y',
  '\ud800',
  "'; DROP TABLE entities; --",
  '%',
  '\u2068x\u2069',
  '🙂',
]

/** What `search` promises. */
export function searchContract(name: string, makeBed: MakeStoreBed): void {
  test(`${name}: search finds words of titles and documents, titles first`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, {
        entities: [create(A, { title: 'Deploy' }), create(B, { title: 'Fix the login' })],
        documents: [documentAt(A, 'a.md', '# Deploy\n\nAfter the login works.\n')],
      })
      assert.deepEqual(await hits(store, 'login'), [B, A])
      assert.deepEqual(await hits(store, 'LOGIN deploy'), [A])
      assert.deepEqual(await hits(store, 'nowhere'), [])
      assert.equal((await store.search('login', 1)).length, 1)
    }))

  test(`${name}: prose and lists are found while no document has them, and beside it`, () =>
    withStore(makeBed, async (store) => {
      const values = { title: 't', description: 'about zebras', labels: ['stripes'] }
      const criteria = [{ text: 'hooves counted', done: false }]
      await commit(store, { entities: [create(A, { ...values, criteria, mine: 'custom word' })] })
      for (const word of ['zebras', 'stripes', 'hooves', 'custom']) {
        assert.deepEqual(await hits(store, word), [A], word)
      }
      await commit(store, { documents: [documentAt(A, 'a.md', 'about zebras')] })
      await commit(store, { entities: [update(A, { title: 't', description: 'about okapis' })] })
      assert.deepEqual(await hits(store, 'okapis'), [A])
    }))

  test(`${name}: front matter is no text, but its names, labels and custom values are found`, () =>
    withStore(makeBed, async (store) => {
      const values = { title: 't', status: 'review', assignee: 'alice', mine: 'zebra' }
      await commit(store, { entities: [create(A, { ...values, labels: ['auth'] })] })
      const head = '---\nstatus: review\nassignee: alice\nmine: zebra\nlabels: [auth]\nid: x\n---\n'
      await commit(store, { documents: [documentAt(A, 'a.md', `${head}\n# t\n\nBelow.\n`)] })
      for (const word of ['alice', 'zebra', 'auth', 'below']) {
        assert.deepEqual(await hits(store, word), [A], word)
      }
      for (const word of ['review', 'assignee', 'mine', 'labels', 'status']) {
        assert.deepEqual(await hits(store, word), [], word)
      }
      const [found] = await store.search('alice', 1)
      assert.match(found?.snippet ?? '', /^[^:]*\u2068alice\u2069[^:]*$/u)
      await commit(store, { entities: [update(A, { ...values, assignee: 'bob' })] })
      assert.deepEqual(await hits(store, 'bob'), [A])
      assert.deepEqual(await hits(store, 'alice'), [])
    }))

  test(`${name}: what is no longer said is no longer found`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, {
        entities: [create(A, { title: 'first' })],
        documents: [documentAt(A, 'a.md', 'old words')],
      })
      await commit(store, { documents: [documentAt(A, 'a.md', 'new words')] })
      await commit(store, { entities: [update(A, { title: 'second', status: 'review' })] })
      assert.deepEqual(await hits(store, 'old'), [])
      assert.deepEqual(await hits(store, 'first'), [])
      assert.deepEqual(await hits(store, 'second new'), [A])
      await commit(store, { entities: [{ kind: 'delete', id: A, reason: null }] })
      assert.deepEqual(await hits(store, 'new'), [])
      await commit(store, { entities: [{ kind: 'restore', id: A }] })
      assert.deepEqual(await hits(store, 'second new'), [A])
    }))

  test(`${name}: a snippet shows words around the hit, on one line, the hits marked`, () =>
    withStore(makeBed, async (store) => {
      const text = `${'before '.repeat(30)}\nSafari drops the\n\ncookie. ${'after '.repeat(40)}`
      await commit(store, {
        entities: [create(A, { title: 'Login' })],
        documents: [documentAt(A, 'a.md', text)],
      })
      const [hit] = await store.search('cookie', 5)
      assert.deepEqual([hit?.id, hit?.kind, hit?.title], [A, 'task', 'Login'])
      assert.match(hit?.snippet ?? '', /^… (before )+Safari drops the \u2068cookie\u2069\. .* …$/u)
      assert.ok((hit?.snippet.length ?? 0) < 300)
      const [named] = await store.search('login', 5)
      assert.equal(named?.snippet, '\u2068Login\u2069')
    }))

  test(`${name}: words are found in any script, accents and case aside`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, {
        entities: [
          create(A, { title: 'Größe prüfen', notes: 'naïve café' }),
          create(B, { title: '全文検索機能を追加する' }),
          create(C, { title: 'Проверить вход' }),
        ],
      })
      assert.deepEqual(await hits(store, 'grosse'), [])
      assert.deepEqual(await hits(store, 'PRÜFEN'), [A])
      assert.deepEqual(await hits(store, 'cafe naive'), [A])
      assert.deepEqual(await hits(store, '検索'), [B])
      assert.deepEqual(await hits(store, '索検'), [])
      assert.deepEqual(await hits(store, 'вход'), [C])
      assert.match((await store.search('検索', 1))[0]?.snippet ?? '', /\u2068.*検索.*\u2069/u)
    }))

  test(`${name}: search text is words and never syntax`, () =>
    withStore(makeBed, async (store) => {
      await commit(store, { entities: [create(A, { title: 'AND foo-bar x.y "quoted" NEAR' })] })
      for (const text of HOSTILE) assert.ok(Array.isArray(await store.search(text, 5)), text)
      assert.deepEqual(await hits(store, 'AND'), [A])
      assert.deepEqual(await hits(store, 'foo-bar'), [A])
      assert.deepEqual(await hits(store, '"quoted'), [A])
      assert.deepEqual(await hits(store, 'NOT'), [])
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
          await store.search(text, 5)
        }),
        runs(300),
      )
    }))

  test(`${name}: every word of a title finds it`, () =>
    withStore(makeBed, async (store) => {
      let made = 0
      await fc.assert(
        fc.asyncProperty(fc.stringMatching(/^[\p{L}\p{N}]{1,12}$/u), async (word) => {
          const id = idOf(made++)
          const unique = `unique${String(made)}x`
          await commit(store, { entities: [create(id, { title: `${unique} ${word} after` })] })
          assert.deepEqual(await hits(store, `${unique} ${word}`), [id])
        }),
        runs(200),
      )
    }))
}
