import type { FileDiagnostic } from '../../model/diagnostic.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'

const TINTS = { error: 'red', warning: 'yellow', note: 'cyan' } as const

/** A diagnostic as compilers print theirs: `path:line: error[code]: message (hint)`. */
export function presentDiagnostic(diagnostic: FileDiagnostic, paint: Paint): string {
  const { path, line, severity, code, message, hint } = diagnostic
  const place = line === null ? path : `${path}:${line}`
  const remedy = hint === '' ? '' : paint.dim(` (${printable(hint)})`)
  return `${paint.bold(printable(place))}: ${paint[TINTS[severity]](`${severity}[${code}]`)}: ${printable(message)}${remedy}`
}

/** The same as programs read it, with its path from the project's directory. */
export function diagnosticJson(diagnostic: FileDiagnostic): Readonly<Record<string, unknown>> {
  const { path, line, field, severity, code, message, hint } = diagnostic
  return { path, line, field, severity, code, message, hint }
}
