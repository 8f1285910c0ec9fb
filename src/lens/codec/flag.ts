import { type Decoded, decoded, undecodable } from './decoded.ts'

const WORDS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  y: true,
  on: true,
  x: true,
  '1': true,
  '✓': true,
  '✅': true,
  false: false,
  no: false,
  n: false,
  off: false,
  '0': false,
  '': false,
}

/** Reads `true` and `false`, and what else people write for them. */
export function readFlag(raw: string): Decoded {
  const word = raw.trim().toLowerCase()
  const value = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined
  return value === undefined
    ? undecodable('it is neither true nor false', ['true', 'false'])
    : decoded(value)
}

/** Writes a flag. */
export function printFlag(value: boolean): string {
  return value ? 'true' : 'false'
}
