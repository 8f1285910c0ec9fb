import type { Diagnostic, DiagnosticCode } from '../model/diagnostic.ts'

/** Bytes of the largest file that is taken as a document. */
export const LARGEST_DOCUMENT: number = 10 * 1024 * 1024

function about(
  code: DiagnosticCode,
  severity: Diagnostic['severity'],
  message: string,
  hint: string,
): Diagnostic {
  return { code, severity, line: null, field: null, message, hint }
}

/** Something that is named like a document and is a link, a pipe, a socket or a folder. */
export function notAFile(what: string): Diagnostic {
  return about(
    'not-a-file',
    'error',
    `${what} stands where a document should; it is neither read nor replaced`,
    'put a regular file there, or give it a name that does not end in .md',
  )
}

/** A file with a second name somewhere: replacing it would silently part the two. */
export function hardLinked(): Diagnostic {
  return about(
    'not-a-file',
    'error',
    'the file has a second name (a hard link), so that it is read but not replaced',
    'copy it over itself to part the two: cp FILE FILE.new && mv FILE.new FILE',
  )
}

/** A file larger than {@link LARGEST_DOCUMENT}. */
export function tooLarge(size: bigint): Diagnostic {
  const megabytes = (Number(size) / (1024 * 1024)).toFixed(1)
  return about(
    'too-large',
    'error',
    `the file has ${megabytes} MiB, more than the 10 MiB that a document may have; it is left alone`,
    'move the bulk of it into a file beside the project and link to it',
  )
}

/** A text among the documents whose name ends otherwise than theirs. */
export function otherEnding(): Diagnostic {
  return about(
    'no-place',
    'note',
    'only files whose names end in .md are documents, so nothing in this file is read',
    'give it a name that ends in .md, or move it out of the sessions folder',
  )
}

/** Markdown beside the sessions. */
export function misplaced(): Diagnostic {
  return about(
    'no-place',
    'note',
    'no document belongs here, so nothing in this file is read',
    'move it into sessions/<session>/tasks/ to have it read, or out of the project folder',
  )
}

/** A file or folder that the system does not let us read. */
export function unreadable(code: string): Diagnostic {
  const hint =
    code === 'EACCES' || code === 'EPERM'
      ? 'allow the user who runs this to read it: chmod u+rX'
      : 'see whether the disk is there and healthy, then synchronize again'
  return about('unreadable', 'error', `it cannot be read (${code}); nothing is taken from it`, hint)
}

/** A name that no document path can hold. */
export function badName(why: string): Diagnostic {
  return about('bad-name', 'error', `the name ${why}; the file is left alone`, 'rename it')
}

/** A name that other machines take for that of another file in the same folder. */
export function twinName(used: string): Diagnostic {
  return about(
    'twin-name',
    'error',
    `the name differs from ${used} only in case or in the form of its letters; only ${used} is used`,
    'rename one of them',
  )
}

/** A path that leads out of the folder, or through something that is not a folder. */
export function notContained(part: string): Diagnostic {
  return about(
    'not-a-file',
    'error',
    `${part} is not a folder inside the project; nothing is read or written through it`,
    'replace it by a real folder',
  )
}

const PENDING_HINTS: Readonly<Record<string, string>> = {
  EACCES: 'allow the user who runs this to write to its folder: chmod u+rwx',
  EPERM: 'allow writing to it and close programs that hold it open; it is tried again',
  EBUSY: 'close the program that holds it open; it is tried again',
  EROFS: 'the file system is read-only: mount it for writing',
  ENOSPC: 'free some space on the disk; it is tried again',
  EDQUOT: 'free some of your disk quota; it is tried again',
  EXDEV: 'keep .local on the same file system as the documents',
}

/** A file operation that the system refused with `code`; `what` was to be done. */
export function pending(what: string, code: string): Diagnostic {
  const hint = PENDING_HINTS[code] ?? 'see whether the disk is there and healthy; it is tried again'
  return about('pending', 'warning', `${what} (${code})`, hint)
}
