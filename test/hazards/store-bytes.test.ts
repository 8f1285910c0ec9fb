import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { DocumentKey } from '../../src/model/document.ts'
import type { Damage } from '../../src/store/sqlite/contents.ts'
import { openSqliteBaseStore } from '../../src/store/sqlite/open-sqlite-base-store.ts'
import { agreedOf, blobOf, hashOf } from '../contract/base-store.ts'
import { temporaryFolder } from '../contract/sqlite-bed.ts'
import { idOf } from '../contract/store-bed.ts'

const KEY = idOf(1) as string as DocumentKey
const OTHER = idOf(2) as string as DocumentKey

/** Flips one bit of `path` inside the only place where `text` stands. */
function flipBit(path: string, text: string): void {
  const bytes = readFileSync(path)
  const at = bytes.indexOf(text)
  assert.ok(at !== -1, text)
  assert.equal(bytes.indexOf(text, at + 1), -1)
  bytes[at + 3] = (bytes[at + 3] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

interface Bench {
  readonly path: string
  readonly damages: Damage[]
  readonly open: () => ReturnType<typeof openSqliteBaseStore>
}

async function onBench(work: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = await temporaryFolder()
  const path = join(folder, 'state.db')
  const damages: Damage[] = []
  const open = () => openSqliteBaseStore({ path, onDamage: (damage) => damages.push(damage) })
  try {
    await work({ path, damages, open })
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('H112 kept bytes with a flipped bit are reported and not handed out', () =>
  onBench(async ({ path, damages, open }) => {
    const text = 'what a person wrote and nobody else has'
    {
      await using store = await open()
      await store.keep([blobOf(text), blobOf('another')])
    }
    flipBit(path, text)
    await using store = await open()
    assert.equal(await store.kept(hashOf(text)), null)
    assert.deepEqual(damages, [{ table: 'kept', key: hashOf(text) }])
    assert.ok((await store.kept(hashOf('another'))) !== null)
    await store.keep([blobOf(text)])
    assert.equal(Buffer.from((await store.kept(hashOf(text))) ?? []).toString(), text)
  }))

test('H112 an agreed text with a flipped bit is reported and left out, the others stay', () =>
  onBench(async ({ path, damages, open }) => {
    const agreed = { ...agreedOf(KEY, 'the text that was agreed'), fields: new Map() }
    {
      await using store = await open()
      await store.record({ agreed: [agreed, agreedOf(OTHER, 'other')] })
    }
    flipBit(path, agreed.text)
    await using store = await open()
    assert.deepEqual(await store.agreed(), [agreedOf(OTHER, 'other')])
    assert.deepEqual(await store.agreed([KEY]), [])
    assert.equal(damages.length, 2)
    await store.record({ agreed: [agreed] })
    assert.deepEqual(await store.agreed([KEY]), [agreed])
  }))

test('H112 agreed values with a flipped bit are reported and left out', () =>
  onBench(async ({ path, damages, open }) => {
    const agreed = agreedOf(KEY, 'text')
    {
      await using store = await open()
      await store.record({ agreed: [{ ...agreed, fields: new Map([['title', 'agreed title']]) }] })
    }
    flipBit(path, 'agreed title')
    await using store = await open()
    assert.deepEqual(await store.agreed(), [])
    assert.deepEqual(damages, [{ table: 'agreed', key: KEY }])
  }))

test('H112 an older text with a flipped bit is reported and left out', () =>
  onBench(async ({ path, damages, open }) => {
    {
      await using store = await open()
      for (const text of ['the first text', 'the second text', 'the third text']) {
        await store.record({ agreed: [{ ...agreedOf(KEY, text), fields: new Map() }] })
      }
    }
    flipBit(path, 'the second text')
    await using store = await open()
    const older = await store.olderTexts(KEY, 5)
    assert.deepEqual(
      older.map(({ text }) => text),
      ['the first text'],
    )
    assert.deepEqual(damages, [{ table: 'older', key: KEY }])
  }))
