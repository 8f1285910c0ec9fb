import { hash as digest } from 'node:crypto'
import type { ContentHash } from '../model/document.ts'
import type { Ids } from '../ports/ids.ts'
import type { FileSystemCalls } from './file-system-calls.ts'

/** What every part of the folder works with. */
export interface FolderContext {
  readonly calls: FileSystemCalls
  /** Absolute path of the project's folder. */
  readonly root: string
  readonly ids: Ids
  /** Resolves after `milliseconds`. */
  readonly pause: (milliseconds: number) => Promise<void>
}

/** SHA-256 of `bytes`. */
export function hashBytes(bytes: Uint8Array): ContentHash {
  return digest('sha256', bytes, 'hex') as ContentHash
}
