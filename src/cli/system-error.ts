import { DiptychError } from '../model/error.ts'

interface Reason {
  readonly why: string
  readonly hint: string
}

const DENIED: Reason = {
  why: 'you may not do that there',
  hint: 'check owner and permissions (ls -ld), or work where you may write',
}
const FULL: Reason = { why: 'the disk is full', hint: 'free some space and try again' }

const REASONS: Readonly<Record<string, Reason>> = {
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: { why: 'the disk is mounted read-only', hint: 'mount it for writing, or work elsewhere' },
  ENOSPC: FULL,
  EDQUOT: FULL,
  EIO: { why: 'the disk reported an error', hint: 'check the disk, then diptych doctor' },
  EISDIR: { why: 'a folder stands where a file belongs', hint: 'move the folder away' },
  ENOTDIR: { why: 'a file stands where a folder belongs', hint: 'move the file away' },
  ENOENT: { why: 'it is not there', hint: 'diptych doctor, which checks what is missing' },
  EEXIST: { why: 'something stands there already', hint: 'move it away' },
  EMFILE: { why: 'too many files are open', hint: 'close other programs, or raise ulimit -n' },
  ENFILE: { why: 'too many files are open', hint: 'close other programs' },
  EBUSY: { why: 'another program is using it', hint: 'close that program and try again' },
  ENAMETOOLONG: { why: 'its name is too long', hint: 'use a shorter path' },
  ELOOP: { why: 'its links lead in a circle', hint: 'remove the links' },
}

/** What people are told of an error of the system that nobody foresaw where it came up; null for any other. */
export function systemError(error: unknown): DiptychError | null {
  if (!(error instanceof Error)) return null
  const { code, syscall, path } = error as NodeJS.ErrnoException
  const reason = code === undefined ? undefined : REASONS[code]
  if (reason === undefined || syscall === undefined) return null
  const what = path === undefined ? 'a file cannot be used' : `cannot use ${path}`
  const why = `${reason.why} (${code} at ${syscall})`
  return new DiptychError('folder-unavailable', { what, why, hint: reason.hint }, error)
}
