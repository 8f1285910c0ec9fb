import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Agreed, ContentHash, DocumentKey, DocumentPath } from '../../src/model/document.ts'
import type { BaseStore, Blob, Intent, Seen, Waiting } from '../../src/ports/base-store.ts'
import { runs } from '../properties/runs.ts'
import { storableValues } from './arbitrary-values.ts'
import { fieldsOf, hasCode, idOf } from './store-bed.ts'

/** Where a base store's suite finds one replica's memory: opened again at will, removed at the end. */
export interface BaseStoreBed {
  open(): Promise<BaseStore>
  remove(): Promise<void>
}

/** Makes the memory of a new replica for one test. */
export type MakeBaseStoreBed = () => Promise<BaseStoreBed>

/** Runs `work` on an empty base store that is closed and removed afterwards. */
export async function withBaseStore(
  makeBed: MakeBaseStoreBed,
  work: (store: BaseStore, bed: BaseStoreBed) => Promise<void>,
): Promise<void> {
  const bed = await makeBed()
  try {
    await using store = await bed.open()
    await work(store, bed)
  } finally {
    await bed.remove()
  }
}

/** SHA-256 of text or bytes as documents name it. */
export function hashOf(content: string | Uint8Array): ContentHash {
  return hash('sha256', content) as ContentHash
}

const KEY = idOf(1) as string as DocumentKey
const OTHER = idOf(2) as string as DocumentKey

/** An agreed document with `text`. */
export function agreedOf(key: DocumentKey, text: string, revision = 1): Agreed {
  return {
    key,
    path: `tasks/${key}.md` as DocumentPath,
    hash: hashOf(text),
    text,
    fields: fieldsOf({ title: text, labels: ['a', 'b'] }),
    revision,
  }
}

/** Bytes to keep, that a person or the engine wrote. */
export function blobOf(content: string | Uint8Array, by: Blob['by'] = 'person'): Blob {
  const bytes = Buffer.from(content)
  return { hash: hashOf(bytes), bytes, by, document: KEY, path: null, time: 1 }
}

function seenAt(path: string, size: number): Seen {
  const stat = {
    size,
    mtimeNs: 1_795_360_452_873_941_954n,
    ctimeNs: -5n,
    ino: 2n ** 62n + 1n,
    mode: 0o100_644,
  }
  const observed = 1_795_360_452_873.5
  return { path: path as DocumentPath, stat, hash: hashOf(path), observed }
}

function intentOf(id: string): Intent {
  return {
    id,
    kind: 'replace',
    document: KEY,
    path: 'a.md' as DocumentPath,
    target: null,
    expected: hashOf('a'),
    next: hashOf('b'),
    temp: `${id}.new`,
    aside: `${id}.old`,
  }
}

function waitingOn(key: DocumentKey, at: string, since: number): Waiting {
  const path = at as DocumentPath
  const diagnostic = {
    code: 'invalid',
    severity: 'error',
    line: 3,
    field: 'status',
    message: 'm',
    hint: 'h',
    path,
  } as const
  return { key, path, hash: null, since, diagnostics: [diagnostic], offBoard: [idOf(3)] }
}

/** The suite of the `BaseStore` port: every implementation passes it. */
export function baseStoreContract(name: string, makeBed: MakeBaseStoreBed): void {
  memoryContract(name, makeBed)
  agreedContract(name, makeBed)
  bytesContract(name, makeBed)
}

function memoryContract(name: string, makeBed: MakeBaseStoreBed): void {
  test(`${name} base: a replica has one id for as long as its memory lasts`, () =>
    withBaseStore(makeBed, async (store, bed) => {
      const replica = await store.replica()
      assert.match(replica, /^r-/)
      await using again = await bed.open()
      assert.equal(await again.replica(), replica)
      await withBaseStore(makeBed, async (other) => {
        assert.notEqual(await other.replica(), replica)
      })
    }))

  test(`${name} base: what was seen comes back to the nanosecond, until it is unseen`, () =>
    withBaseStore(makeBed, async (store, bed) => {
      await store.record({ seen: [seenAt('a.md', 1), seenAt('b.md', 2)] })
      await store.record({ seen: [seenAt('a.md', 3)], unseen: ['b.md' as DocumentPath] })
      await using again = await bed.open()
      assert.deepEqual([...(await again.seen())], [['a.md', seenAt('a.md', 3)]])
    }))

  test(`${name} base: what waits is kept, in the order of paths, until it is settled`, () =>
    withBaseStore(makeBed, async (store) => {
      const [first, second] = [waitingOn(KEY, 'a.md', 9), waitingOn(OTHER, 'b.md', 2)]
      await store.record({ waiting: [second, first] })
      assert.deepEqual(await store.waiting(), [first, second])
      const replaced = { ...first, since: 1, diagnostics: [] }
      await store.record({ waiting: [replaced], settled: [OTHER] })
      assert.deepEqual(await store.waiting(), [replaced])
    }))

  test(`${name} base: marks start at nothing and move as a whole`, () =>
    withBaseStore(makeBed, async (store) => {
      assert.deepEqual(await store.marks(), { database: null, counter: 0, operation: null })
      const marks = { database: 'd', counter: 7, operation: 'o-1' } as never
      await store.record({ marks })
      await store.record({})
      assert.deepEqual(await store.marks(), marks)
    }))

  test(`${name} base: intents are there, oldest first, until they are settled`, () =>
    withBaseStore(makeBed, async (store, bed) => {
      await store.intend([intentOf('z'), intentOf('a')])
      await store.intend([intentOf('m')])
      await store.settle(['a', 'unknown'])
      await using again = await bed.open()
      assert.deepEqual(await again.intents(), [intentOf('z'), intentOf('m')])
    }))

  test(`${name} base: what intents set aside is listed apart until it is settled`, () =>
    withBaseStore(makeBed, async (store, bed) => {
      await store.intend([intentOf('a'), intentOf('b')])
      const aside = { intent: intentOf('a'), known: hashOf('late'), since: 5 }
      await store.setAside([aside])
      await using again = await bed.open()
      assert.deepEqual(await again.intents(), [intentOf('b')])
      assert.deepEqual(await again.asides(), [aside])
      await again.settle(['a'])
      assert.deepEqual(await again.asides(), [])
    }))

  test(`${name} base: a change applies wholly or not at all`, () =>
    withBaseStore(makeBed, async (store) => {
      const change = { seen: [seenAt('a.md', 1)], agreed: [agreedOf(KEY, 'half \udc00')] }
      await assert.rejects(store.record(change), hasCode('invalid-value'))
      assert.equal((await store.seen()).size, 0)
      await assert.rejects(store.intend([intentOf('a'), intentOf('a')]))
      assert.deepEqual(await store.intents(), [])
      await store.record({ seen: [seenAt('a.md', 1)] })
      assert.equal((await store.seen()).size, 1)
    }))
}

function agreedContract(name: string, makeBed: MakeBaseStoreBed): void {
  test(`${name} base: agreed documents come back as they were, those asked for or all`, () =>
    withBaseStore(makeBed, async (store) => {
      const first = agreedOf(KEY, '\ufeff# a\r\n\r\nend', 3)
      const second = agreedOf(OTHER, '# b\n')
      await store.record({ agreed: [second, first] })
      assert.deepEqual(await store.agreed(), [first, second])
      assert.deepEqual(await store.agreed([OTHER, 'x' as DocumentKey, KEY]), [second, first])
      const { key, path, hash: sum, revision } = first
      assert.deepEqual((await store.agreedIndex())[0], { key, path, hash: sum, revision })
    }))

  test(`${name} base: any values and texts are kept as they are`, () =>
    withBaseStore(makeBed, (store) =>
      fc.assert(
        fc.asyncProperty(storableValues, fc.string({ unit: 'grapheme' }), async (values, raw) => {
          const text = raw.replaceAll('\0', '')
          const agreed = { ...agreedOf(KEY, text), fields: fieldsOf(values) }
          await store.record({ agreed: [agreed] })
          assert.deepEqual(await store.agreed([KEY]), [agreed])
        }),
        runs(200),
      ),
    ))

  test(`${name} base: older texts come newest first, each once, a small number of them`, () =>
    withBaseStore(makeBed, async (store) => {
      const older = async (limit: number) =>
        (await store.olderTexts(KEY, limit)).map(({ text }) => text)
      for (const text of ['1', '2', '3', '2', '2']) {
        await store.record({ agreed: [agreedOf(KEY, text)] })
      }
      assert.deepEqual(await older(10), ['3', '1'])
      assert.deepEqual(await store.olderTexts(KEY, 1), [{ hash: hashOf('3'), text: '3' }])
      for (let i = 0; i < 40; i++) {
        await store.record({ agreed: [agreedOf(KEY, `text ${String(i)}`)] })
      }
      const kept = await older(100)
      assert.ok(kept.length >= 4 && kept.length <= 16)
      assert.equal(kept[0], 'text 38')
    }))

  test(`${name} base: a forgotten document leaves nothing, and others with its text keep theirs`, () =>
    withBaseStore(makeBed, async (store) => {
      await store.record({ agreed: [agreedOf(KEY, 'old'), agreedOf(OTHER, 'same')] })
      await store.record({ agreed: [agreedOf(KEY, 'same')] })
      await store.record({ forgotten: [KEY] })
      assert.deepEqual(await store.agreed(), [agreedOf(OTHER, 'same')])
      assert.deepEqual(await store.olderTexts(KEY, 5), [])
    }))
}

function bytesContract(name: string, makeBed: MakeBaseStoreBed): void {
  test(`${name} base: kept bytes come back by their hash, whatever they are`, () =>
    withBaseStore(makeBed, async (store, bed) => {
      const bytes = Uint8Array.from({ length: 512 }, (_, i) => i % 256)
      await store.keep([blobOf(bytes), blobOf(''), blobOf(bytes)])
      await store.keep([blobOf(bytes, 'engine')])
      await using again = await bed.open()
      assert.deepEqual(Buffer.from((await again.kept(hashOf(bytes))) ?? []), Buffer.from(bytes))
      assert.equal((await again.kept(hashOf('')))?.length, 0)
      assert.equal(await again.kept(hashOf('unknown')), null)
    }))

  test(`${name} base: kept bytes outlive the document that had them as its text`, () =>
    withBaseStore(makeBed, async (store) => {
      await store.record({ agreed: [agreedOf(KEY, 'shared')] })
      assert.equal(await store.kept(hashOf('shared')), null)
      await store.keep([blobOf('shared')])
      await store.record({ forgotten: [KEY] })
      assert.equal(Buffer.from((await store.kept(hashOf('shared'))) ?? []).toString(), 'shared')
    }))

  test(`${name} base: bytes are not kept under a hash that is not theirs`, () =>
    withBaseStore(makeBed, async (store) => {
      const blob = { ...blobOf('a'), hash: hashOf('b') }
      await assert.rejects(store.keep([blob]), hasCode('internal'))
      assert.equal(await store.kept(hashOf('b')), null)
    }))
}
