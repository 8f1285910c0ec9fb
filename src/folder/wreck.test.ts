import assert from 'node:assert/strict'
import type { BigIntStats } from 'node:fs'
import { test } from 'node:test'
import type { DocumentKey, DocumentPath } from '../model/document.ts'
import type { Intent } from '../ports/base-store.ts'
import { hashBytes } from './folder-context.ts'
import type { Look } from './read-file.ts'
import type { Verdict } from './wreck.ts'
import { judgeWreck } from './wreck.ts'

const ABSENT: Look = { kind: 'absent' }

let inodes = 0

function file(text: string, ino = ++inodes): Look {
  const stat = { ino: BigInt(ino), dev: 1n } as BigIntStats
  return { kind: 'bytes', bytes: Buffer.from(text), stat, torn: false }
}

const OLD = 'old text'
const NEW = 'new text'

interface Case {
  readonly kind: Intent['kind']
  readonly source?: Look
  readonly goal?: Look
  readonly aside?: Look
  readonly waiting?: boolean
  readonly wanted?: string | null
  readonly next?: string
}

function judge(found: Case): Verdict {
  const { kind, source = ABSENT, aside = ABSENT, waiting = true, wanted = NEW } = found
  const next = found.next ?? NEW
  const path = 'sessions/main/tasks/t.md' as DocumentPath
  const target = kind === 'move' ? ('sessions/main/tasks/done/t.md' as DocumentPath) : null
  const intent: Intent = {
    id: 'i-1',
    kind,
    document: 't-7k2m9xqd' as DocumentKey,
    path,
    target,
    expected: kind === 'create' ? null : hashBytes(Buffer.from(OLD)),
    next: kind === 'remove' ? null : hashBytes(Buffer.from(next)),
    temp: 'a.new',
    aside: 'a.old',
  }
  const goal = found.goal ?? (kind === 'move' ? ABSENT : source)
  const bytes = wanted === null ? null : Buffer.from(wanted)
  const goalPath = target ?? path
  return judgeWreck({ intent, goalPath, source, goal, aside, wanted: bytes, waiting })
}

const CASES: readonly (readonly [string, Case, Verdict])[] = [
  ['a creation that had not begun is undone', { kind: 'create' }, { kind: 'absent' }],
  ['a creation that is done', { kind: 'create', source: file(NEW) }, { kind: 'done' }],
  ['a creation whose path is taken', { kind: 'create', source: file('x') }, { kind: 'occupied' }],
  ['a copy that was broken off', { kind: 'create', source: file('new') }, { kind: 'redo' }],
  [
    'a beginning that is no copy, because none waits',
    { kind: 'create', source: file('new'), waiting: false },
    { kind: 'occupied' },
  ],
  ['a replacement not begun', { kind: 'replace', source: file(OLD) }, { kind: 'changed' }],
  ['a replacement of a deleted file', { kind: 'replace' }, { kind: 'absent' }],
  [
    'a replacement with the old file aside is finished',
    { kind: 'replace', aside: file(OLD) },
    { kind: 'finish' },
  ],
  [
    'a replacement whose new bytes are lost goes back',
    { kind: 'replace', aside: file(OLD), wanted: null },
    { kind: 'back', answer: 'changed' },
  ],
  [
    'a save that is aside goes back',
    { kind: 'replace', aside: file('mine') },
    { kind: 'back', answer: 'changed' },
  ],
  [
    'a replacement that is done but for its end',
    { kind: 'replace', source: file(NEW), aside: file(OLD) },
    { kind: 'done' },
  ],
  [
    'a save in the gap of a replacement stays',
    { kind: 'replace', source: file('mine'), aside: file(OLD) },
    { kind: 'occupied' },
  ],
  ['a removal not begun', { kind: 'remove', source: file(OLD) }, { kind: 'changed' }],
  ['a removal that is done', { kind: 'remove', aside: file(OLD) }, { kind: 'done' }],
  ['a removal long done', { kind: 'remove' }, { kind: 'absent' }],
  [
    'a removal that took a save goes back',
    { kind: 'remove', aside: file('mine') },
    { kind: 'back', answer: 'changed' },
  ],
  [
    'a removed file that someone wrote again stays',
    { kind: 'remove', source: file('mine'), aside: file(OLD) },
    { kind: 'occupied' },
  ],
  ['a move not begun', { kind: 'move', source: file(OLD), next: OLD }, { kind: 'changed' }],
  ['a move that is done', { kind: 'move', goal: file(OLD), next: OLD }, { kind: 'done' }],
  ['a move in its middle', { kind: 'move', aside: file(OLD), next: OLD }, { kind: 'carry' }],
  [
    'a move between link and unlink',
    { kind: 'move', goal: file('mine', 77), aside: file('mine', 77), next: OLD },
    { kind: 'done' },
  ],
  [
    'a move whose target is taken goes back',
    { kind: 'move', goal: file('theirs'), aside: file(OLD), next: OLD },
    { kind: 'back', answer: 'occupied' },
  ],
  ['a move with new bytes is finished', { kind: 'move', aside: file(OLD) }, { kind: 'finish' }],
]

for (const [title, found, verdict] of CASES) {
  test(`${title}: ${verdict.kind}`, () => assert.deepEqual(judge(found), verdict))
}
