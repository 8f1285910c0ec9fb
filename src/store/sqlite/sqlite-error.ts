import { DiptychError } from '../../model/error.ts'

const BUSY = 5
const LOCKED = 6
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const NOTADB = 26

interface Cause {
  readonly why: string
  readonly hint: string
}

function causeOf(code: number, path: string): Cause | null {
  switch (code) {
    case BUSY:
    case LOCKED:
      return {
        why: 'another program is holding it locked',
        hint: 'wait for the other program to finish, or stop it, and try again',
      }
    case READONLY:
      return { why: 'it cannot be written', hint: `make ${path} and its folder writable` }
    case IOERR:
      return { why: 'the disk reported an error', hint: 'check the disk, then `diptych doctor`' }
    case CORRUPT:
    case NOTADB:
      return DAMAGE
    case FULL:
      return { why: 'the disk is full', hint: 'free some space and try again' }
    case CANTOPEN:
      return {
        why: 'it cannot be opened',
        hint: `make ${path} and its folder readable and writable`,
      }
    default:
      return null
  }
}

const DAMAGE: Cause = {
  why: 'the file is damaged',
  hint: 'diptych doctor, and diptych doctor --fix, which sets it aside and builds it again from the folder',
}

/** The error to throw when the file at `path` holds no database that can be read. */
export function damagedFile(path: string, cause?: unknown): DiptychError {
  return new DiptychError('store-unavailable', { what: `cannot use ${path}`, ...DAMAGE }, cause)
}

/** The error to throw when the file at `path` is not the one that was opened. */
export function replacedFile(path: string): DiptychError {
  return new DiptychError('store-unavailable', {
    what: `cannot use ${path}`,
    why: 'it was removed or replaced while this program had it open',
    hint: 'end this program and start it again; the files of the folder are as they were',
  })
}

/** What to throw for `cause`, which opening the file at `path` threw: what SQLite cannot read is damage. */
export function openingError(path: string, cause: unknown): unknown {
  const error = storeError(path, cause)
  const isUnread = error instanceof Error && 'errcode' in error
  return isUnread ? damagedFile(path, cause) : error
}

/** Whether an error that {@link storeError} made says that another connection holds the file locked. */
export function isBusy(error: unknown): boolean {
  const cause = error instanceof DiptychError ? error.cause : null
  if (cause === null || typeof cause !== 'object' || !('errcode' in cause)) return false
  const code = Number(cause.errcode) & 0xff
  return code === BUSY || code === LOCKED
}

/** What to throw for `cause`, which a statement on the database at `path` threw. */
export function storeError(path: string, cause: unknown): unknown {
  if (cause instanceof DiptychError || !(cause instanceof Error)) return cause
  const { code, errcode } = cause as { code?: unknown; errcode?: unknown }
  const what = `cannot use ${path}`
  if (code === 'ERR_INVALID_STATE') {
    return new DiptychError(
      'store-unavailable',
      { what, why: 'it was closed', hint: 'open the project again' },
      cause,
    )
  }
  if (code !== 'ERR_SQLITE_ERROR' || typeof errcode !== 'number') return cause
  const known = causeOf(errcode & 0xff, path)
  if (known === null) return cause
  return new DiptychError('store-unavailable', { what, ...known }, cause)
}
