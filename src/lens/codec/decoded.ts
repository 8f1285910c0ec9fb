import type { FieldValue } from '../../model/value.ts'

/**
 * Outcome of reading what stands in a place as a field's value. `reason` says in a clause why it is
 * none; `valid` are values, or forms of values, that would be; `hint` says what to do where that is
 * not to write one of them. `unread` are the entries of a list that are not in its value, in their order.
 */
export type Decoded =
  | {
      readonly kind: 'value'
      readonly value: FieldValue
      readonly unread?: readonly UnreadEntry[]
    }
  | {
      readonly kind: 'invalid'
      readonly reason: string
      readonly valid: readonly string[]
      readonly hint?: string
    }

/** An entry of a list that is none: which one, and why. */
export interface UnreadEntry {
  /** Its index among what was written. */
  readonly at: number
  readonly text: string
  readonly outcome: Extract<Decoded, { kind: 'invalid' }>
}

/** The outcome of a value that was understood. */
export function decoded(value: FieldValue): Decoded {
  return { kind: 'value', value }
}

/** The outcome of a value that was not. */
export function undecodable(reason: string, valid: readonly string[], hint?: string): Decoded {
  return { kind: 'invalid', reason, valid, ...(hint === undefined ? {} : { hint }) }
}
