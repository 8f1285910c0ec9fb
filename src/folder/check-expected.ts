import type { Intent } from '../ports/base-store.ts'
import type { SwapOutcome } from '../ports/folder.ts'
import type { BigIntStats } from 'node:fs'
import { hardLinked, LARGEST_DOCUMENT } from './file-diagnostic.ts'
import type { FolderContext } from './folder-context.ts'
import { hashBytes } from './folder-context.ts'
import { readFile } from './read-file.ts'

/** Whether the file of an intent still has the bytes that it is expected to have. */
export type Expectation =
  | { readonly kind: 'expected'; readonly stat: BigIntStats }
  | Extract<SwapOutcome, { kind: 'absent' | 'changed' | 'failed' }>

/** Reads the file of an intent and compares it with what the intent expects. */
export function checkExpected({ calls, root }: FolderContext, intent: Intent): Expectation {
  const look = readFile(calls, `${root}/${intent.path}`, LARGEST_DOCUMENT)
  if (look.kind === 'refused') return { kind: 'failed', diagnostic: look.diagnostic }
  if (look.kind === 'absent') return look
  if (look.torn || hashBytes(look.bytes) !== intent.expected)
    return { kind: 'changed', displaced: null }
  const parts = intent.kind === 'replace' && look.stat.nlink > 1n
  return parts
    ? { kind: 'failed', diagnostic: hardLinked() }
    : { kind: 'expected', stat: look.stat }
}
