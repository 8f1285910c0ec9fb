import type { BigIntStats } from 'node:fs'
import type { Diagnostic } from '../model/diagnostic.ts'
import { notAFile, tooLarge, unreadable } from './file-diagnostic.ts'
import type { FileSystemCalls } from './file-system-calls.ts'
import { OPEN, systemCode } from './file-system-calls.ts'
import { fileStat, sameStat, typeOf } from './file-stat.ts'

/** One look at a file. `torn`: it changed while it was read. */
export type Look =
  | {
      readonly kind: 'bytes'
      readonly bytes: Uint8Array
      readonly stat: BigIntStats
      readonly torn: boolean
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }

/** Reads the regular file at `path` once, not through a link; of more than `limit` bytes none. */
export function readFile(calls: FileSystemCalls, path: string, limit: number): Look {
  let descriptor: number
  try {
    descriptor = calls.open(path, OPEN.READ)
  } catch (error) {
    return notOpened(systemCode(error))
  }
  try {
    return readDescriptor(calls, descriptor, limit)
  } catch (error) {
    return { kind: 'refused', diagnostic: unreadable(systemCode(error)) }
  } finally {
    calls.close(descriptor)
  }
}

function notOpened(code: string): Look {
  switch (code) {
    case 'ENOENT':
      return { kind: 'absent' }
    case 'ELOOP':
    case 'EMLINK':
      return { kind: 'refused', diagnostic: notAFile('a symbolic link') }
    case 'ENXIO':
    case 'EISDIR':
      return { kind: 'refused', diagnostic: notAFile('something that is no regular file') }
    default:
      return { kind: 'refused', diagnostic: unreadable(code) }
  }
}

/** Reads an open file as {@link readFile} does. Throws system errors. */
export function readDescriptor(calls: FileSystemCalls, descriptor: number, limit: number): Look {
  const before = calls.fstat(descriptor)
  if (typeOf(before) !== 'file') {
    const what = typeOf(before) === 'folder' ? 'a folder' : 'something that is no regular file'
    return { kind: 'refused', diagnostic: notAFile(what) }
  }
  if (before.size > limit) {
    return { kind: 'refused', diagnostic: tooLarge(before.size) }
  }
  const bytes = readFully(calls, descriptor, Number(before.size))
  const stat = calls.fstat(descriptor)
  const torn = !sameStat(fileStat(before), stat) || BigInt(bytes.length) !== stat.size
  return { kind: 'bytes', bytes, stat, torn }
}

function readFully(calls: FileSystemCalls, descriptor: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let length = 0
  while (length < size) {
    const count = calls.read(descriptor, length === 0 ? bytes : bytes.subarray(length), length)
    if (count === 0) break
    length += count
  }
  return length === size ? bytes : bytes.slice(0, length)
}
