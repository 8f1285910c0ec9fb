import { ERRORS, type DiptychError, type ErrorCode } from '../model/error.ts'

/**
 * Tells whether something that was thrown is an error of Diptych, and where a code is given, that one.
 *
 * It goes by name and code, so it also knows errors of another copy of the package.
 */
export function isDiptychError<Code extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: Code,
): error is DiptychError & { readonly code: Code } {
  if (!(error instanceof Error) || error.name !== 'DiptychError' || !('code' in error)) return false
  return code === undefined ? Object.hasOwn(ERRORS, String(error.code)) : error.code === code
}
