import { DiptychError } from '../model/error.ts'
import { ENTITY_KINDS } from '../model/id.ts'
import { nearest } from '../model/nearest.ts'

/** What an argument or an option must be. With `valid` those are all that there are. */
export interface Wanted {
  readonly words: string
  readonly valid?: readonly string[]
  readonly fits: (value: unknown) => boolean
}

/** What each of the options of a call must be. */
export type Shape<Options> = { readonly [Name in keyof Options]-?: Wanted }

const isText = (value: unknown): boolean => typeof value === 'string'

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)

export const TEXT: Wanted = { words: 'a text', fits: isText }

export const TEXT_OR_NULL: Wanted = {
  words: 'a text or null',
  fits: (value) => value === null || isText(value),
}

export const TEXTS: Wanted = {
  words: 'a text or an array of texts',
  fits: (value) => isText(value) || isTexts(value),
}

export const LIST: Wanted = { words: 'an array of texts', fits: isTexts }

export const REFERENCE: Wanted = { words: 'a text: an id or a title', fits: isText }

export const FLAG: Wanted = {
  words: 'true or false',
  fits: (value) => typeof value === 'boolean',
}

export const FIELDS: Wanted = { words: 'an object of fields', fits: isObject }

/** Read where it is used, which says what it may be. */
export const ANYTHING: Wanted = { words: 'anything', fits: () => true }

export const FUNCTION: Wanted = {
  words: 'a function',
  fits: (value) => typeof value === 'function',
}

export const SIGNAL: Wanted = {
  words: 'an AbortSignal',
  fits: (value) => value instanceof AbortSignal,
}

export const LIMIT: Wanted = {
  words: 'a whole number from 1 to 1000',
  valid: ['1 to 1000'],
  fits: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 1000,
}

export const KINDS: Wanted = {
  words: 'an array of kinds',
  valid: ENTITY_KINDS,
  fits: (value) =>
    isTexts(value) && (value as string[]).every((kind) => isOneOf(ENTITY_KINDS, kind)),
}

/** One of some words. */
export function oneOf(...valid: readonly string[]): Wanted {
  return { words: `one of ${valid.join(', ')}`, valid, fits: (value) => isOneOf(valid, value) }
}

/** Throws `usage` for an argument that is none, `invalid-value` for one that is not among the valid ones. */
export function checkArgument(call: string, name: string, value: unknown, wanted: Wanted): void {
  if (wanted.fits(value)) return
  const { words, valid } = wanted
  throw new DiptychError(valid === undefined ? 'usage' : 'invalid-value', {
    what: `${name} of ${call} cannot be ${shown(value)}`,
    ...(valid === undefined ? {} : { valid }),
    hint: `give it ${words}`,
  })
}

/**
 * Throws for options that are no object, for one that does not exist (`usage`), and for one that cannot
 * be what it is. Undefined stands for what is absent.
 */
export function checkOptions<Options>(call: string, options: unknown, shape: Shape<Options>): void {
  if (options === undefined) return
  checkArgument(call, 'the options', options, { words: 'an object', fits: isObject })
  const known: Readonly<Record<string, Wanted>> = shape
  for (const [name, value] of Object.entries(options as object)) {
    const wanted = Object.hasOwn(known, name) ? known[name] : undefined
    if (wanted === undefined) throw unknownOption(call, name, Object.keys(shape))
    if (value !== undefined) checkArgument(call, `\`${name}\``, value, wanted)
  }
}

function unknownOption(call: string, name: string, valid: readonly string[]): DiptychError {
  const [near] = nearest(name, valid, (option) => option)
  return new DiptychError('usage', {
    what: `${call} has no option \`${name}\``,
    valid,
    hint: near === undefined ? `leave \`${name}\` out` : `did you mean \`${near}\`?`,
  })
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isOneOf(valid: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && valid.includes(value)
}

/** A value as a message shows it: short, and a text that may hold a password not at all. */
function shown(value: unknown): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return `${value}`
  if (typeof value === 'string')
    return value.length > 40 || value.includes('://') ? 'this text' : `'${value}'`
  if (value === undefined) return 'undefined'
  return Array.isArray(value) ? 'this array' : `this ${typeof value}`
}
