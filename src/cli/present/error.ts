import type { DiptychError } from '../../model/error.ts'
import type { Paint } from './paint.ts'
import { printable, printableJson } from './printable.ts'

/** An error as people read it: what, where, why, what would have been valid, what to do. */
export function presentError(error: DiptychError, paint: Paint): string {
  const { what, why, valid, examples, hint, place } = error.details
  const lines = [`${paint.red(`error[${error.code}]:`)} ${paint.bold(printable(what))}`]
  if (place !== undefined) lines.push(`  at: ${printable(place)}`)
  if (why !== undefined) lines.push(`  why: ${printable(why)}`)
  if (valid !== undefined && valid.length > 0) lines.push(listed('valid', valid))
  if (examples !== undefined && examples.length > 0) lines.push(listed('for example', examples))
  lines.push(`  try: ${paint.cyan(printable(hint))}`)
  return `${lines.join('\n')}\n`
}

function listed(label: string, texts: readonly string[]): string {
  const values = texts.map((value) => printable(value))
  const long = values.some((value) => value.includes(' '))
  const indent = `  ${' '.repeat(label.length)}  `
  return `  ${label}: ${values.join(long ? `\n${indent}` : ', ')}`
}

/** The same error as one JSON object. */
export function presentErrorJson(error: DiptychError): string {
  const { what, why, valid, examples, hint, place } = error.details
  const details = { what, place, why, valid, examples, hint }
  return `${printableJson({ schemaVersion: 1, kind: 'error', code: error.code, ...details })}\n`
}
