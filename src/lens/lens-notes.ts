import type { FrontMatterFlaw } from '../markdown/front-matter.ts'
import type { Diagnostic, DiagnosticCode } from '../model/diagnostic.ts'
import { COMMENT_FORM } from './codec/comment.ts'
import type { Decoded, UnreadEntry } from './codec/decoded.ts'
import type { PlaceReading } from './read-place.ts'

const LONGEST_QUOTE = 60

function note(
  code: DiagnosticCode,
  severity: Diagnostic['severity'],
  place: { readonly line: number | null; readonly field: string | null },
  message: string,
  hint: string,
): Diagnostic {
  const line = place.line === null ? null : place.line + 1
  return { code, severity, line, field: place.field, message, hint }
}

function quote(raw: string): string {
  const flat = raw.replaceAll(/\s+/g, ' ')
  return `\`${flat.length > LONGEST_QUOTE ? `${flat.slice(0, LONGEST_QUOTE)}…` : flat}\``
}

/** What is to be said of the value before, where there is one. */
function keptWords(kept: boolean): string {
  return kept ? '; its last value is kept' : ''
}

/** A value that is none: what stands there, why it is not taken, what would be. `kept`: whether there was one before. */
export function invalidNote(field: string, reading: PlaceReading, kept: boolean): Diagnostic {
  const { outcome, raw, line } = reading
  const { reason, valid, hint } =
    outcome.kind === 'invalid'
      ? outcome
      : { reason: 'it differs from another place', valid: [], hint: undefined }
  const forms = valid.length === 0 ? 'write a plain value' : `write one of: ${valid.join(', ')}`
  return note(
    'invalid',
    'error',
    { line, field },
    `${field} is not read from ${quote(raw)}: ${reason}${keptWords(kept)}`,
    hint ?? forms,
  )
}

/** What was taken of the top of a text that has no front matter. */
export function leadingNote(taken: readonly string[]): Diagnostic {
  return note(
    'key?',
    'note',
    { line: null, field: null },
    `${taken.join(', ')} at the top of this file counts as front matter, and is written there`,
    'change it in the front matter from then on; below it is text that you can keep or remove',
  )
}

/** A line at the top of a text without front matter, whose key is a field and whose value is none. */
export function unreadLeadingNote(
  field: string,
  line: number,
  raw: string,
  { reason, valid, hint }: Extract<Decoded, { kind: 'invalid' }>,
): Diagnostic {
  return note(
    'key?',
    'note',
    { line, field },
    `${quote(raw)} stays text and is not ${field}: ${reason}`,
    hint ??
      (valid.length === 0
        ? `write \`${field}:\` in front matter`
        : `for ${field} write one of: ${valid.join(', ')}`),
  )
}

/** An entry of a list that is none, among others that are. `line` is an index. */
export function unreadEntryNote(field: string, line: number, entry: UnreadEntry): Diagnostic {
  const { reason, valid, hint } = entry.outcome
  return note(
    'invalid',
    'error',
    { line, field },
    `${quote(entry.text)} in ${field} is not read: ${reason}; it counts for nothing until it is mended, the other entries do`,
    hint ?? `write one of: ${valid.join(', ')}`,
  )
}

/** A value that is not sound YAML and was taken as it stands. */
export function plainNote(field: string, reading: PlaceReading): Diagnostic {
  return note(
    'fm-plain',
    'note',
    { line: reading.line, field },
    `${quote(reading.raw)} is not sound YAML; it was read as it stands`,
    'put the value in quotes to be safe with other programs',
  )
}

/** Several keys for one field: `first` and the one on `line`. */
export function duplicateKeyNote(
  field: string,
  {
    line,
    keys: [first, second],
    agree,
    kept,
  }: {
    readonly line: number
    readonly keys: readonly [first: string, second: string]
    readonly agree: boolean
    readonly kept: boolean
  },
): Diagnostic {
  const same = first.toLowerCase() === second.toLowerCase()
  const twice = same
    ? `${field} is given twice`
    : `${field} is given twice, as ${quote(first)} and as ${quote(second)}`
  return note(
    'dup-key',
    agree ? 'warning' : 'error',
    { line, field },
    agree ? `${twice}, with the same value` : `${twice}, with different values${keptWords(kept)}`,
    same || agree
      ? 'remove one of the two lines'
      : `write it as ${quote(first)} alone, and remove the other line`,
  )
}

/** A key that no field answers to, and nearly one does. */
export function likelyKeyNote(key: string, line: number, known: string): Diagnostic {
  return note(
    'key?',
    'note',
    { line, field: null },
    `${quote(key)} is kept as a key of your own; did you mean \`${known}\`?`,
    `rename it to \`${known}\` if so`,
  )
}

/** A key of one's own that says of a status that it is reached. */
export function statusKeyNote(key: string, line: number, status: string): Diagnostic {
  return note(
    'key?',
    'note',
    { line, field: null },
    `${quote(key)} is kept as a key of your own, and the status stays as it is`,
    `write \`status: ${status}\` instead if that is what you meant`,
  )
}

/** Two places of one field that say different things. */
export function mirrorNote(field: string, line: number, conflict: boolean): Diagnostic {
  return conflict
    ? note(
        'mirror-conflict',
        'error',
        { line, field },
        `${field} was changed in two places of this file, to different values; its last value is kept`,
        'make both places say the same, or remove the line in the front matter',
      )
    : note(
        'mirror',
        'warning',
        { line, field },
        `${field} stands in two places of this file that say different things`,
        'remove the line in the front matter; the text below counts',
      )
}

/** A place that the template asks for and the text has no more. */
export function missingNote(field: string, what: string): Diagnostic {
  return note(
    'missing',
    'warning',
    { line: null, field },
    `${what} is gone; the last value of ${field} is kept`,
    `write it again: ${what}`,
  )
}

const RELEASES: Readonly<Record<'new-save' | 'quiet', string>> = {
  quiet: 'nothing to do if it is meant: it is taken once the file rests',
  'new-save':
    'complete the file; or save it once more as it is, or `diptych sync --accept FILE`, to have it taken so; or `diptych restore TITLE` to have its last text back',
}

/** Something that looks half-written: the fields that wait for it, all of them where none is named. */
export function heldNote(
  fields: readonly string[],
  line: number | null,
  why: string,
  release: 'new-save' | 'quiet',
  hint: string = RELEASES[release],
): Diagnostic {
  const [only = null, ...others] = fields
  const subject = only === null ? 'nothing is read' : `the change of ${fields.join(', ')} waits`
  const place = { line, field: others.length === 0 ? only : null }
  return note('held', 'warning', place, `${subject}: ${why}; the last values are kept`, hint)
}

/** A whole file in a code block, of which nothing is read. */
export function wrappedNote(): Diagnostic {
  return note(
    'held',
    'error',
    { line: 0, field: null },
    'the whole file stands in a code block; nothing of it is read',
    'remove the line of marks at its top, and the one at its end',
  )
}

/** A block that nothing closes. */
export function unclosedNote(kind: 'fence' | 'html', line: number): Diagnostic {
  const what = kind === 'fence' ? 'code block' : 'HTML block'
  return note(
    'unclosed',
    'warning',
    { line, field: null },
    `the ${what} that starts here is never closed; all that follows belongs to it`,
    kind === 'fence' ? 'close it with a line of the same marks' : 'close the tag or comment',
  )
}

const FLAWS: Readonly<Record<FrontMatterFlaw, readonly [what: string, remedy: string]>> = {
  unclosed: [
    'the front matter has no line `---` at its end; none of it is read',
    'close it with a line `---`',
  ],
  shapeless: [
    'the file begins with a line `---`, and this is no `key: value` of front matter; none of it is read',
    'write one `key: value` a line and close it with `---`; put a blank line above the first `---` if it is meant as a rule',
  ],
  unopened: [
    'the front matter has no line `---` before it; none of it is read',
    'put a line `---` at the top of the file',
  ],
}

/** Front matter that is not whole; `source` is the line that ended it before its time. */
export function brokenFrontMatterNote(
  flaw: FrontMatterFlaw,
  line: number,
  source: string | null,
): Diagnostic {
  const [what, remedy] = FLAWS[flaw]
  const place = { line, field: null }
  if (source === null) return note('fm-unclosed', 'error', place, what, remedy)
  return note(
    'fm-unclosed',
    'error',
    place,
    `the front matter is not closed before ${quote(source)}, which is neither \`key: value\` nor a list item; none of it is read`,
    'close it with a line `---` above, or write this line as `key: value`',
  )
}

/** A word without a colon among the keys. */
export function strayKeyNote(line: number, word: string): Diagnostic {
  return note(
    'invalid',
    'warning',
    { line, field: null },
    `${quote(word)} in the front matter is no \`key: value\`; it is not read`,
    word.includes(':') ? 'put a blank behind the colon' : 'complete the line, or remove it',
  )
}

/** A heading that repeats one that was bound. */
export function repeatedNote(line: number, title: string): Diagnostic {
  return note(
    'dup-section',
    'warning',
    { line, field: null },
    `the heading ${quote(title)} stands here a second time; this section is kept as free text`,
    'move its text under the first one, or rename it',
  )
}

/** A heading that was found elsewhere than the template has it. */
export function movedNote(line: number, title: string): Diagnostic {
  return note(
    'moved',
    'note',
    { line, field: null },
    `the section ${quote(title)} stands outside its place; it was read all the same`,
    'nothing to do',
  )
}

/** A guard mark without its partner. */
export function strayRegionNote(line: number, field: string): Diagnostic {
  return note(
    'stray-region',
    'error',
    { line, field },
    `the mark of ${field} has no partner, or is there twice; the change of ${field} waits`,
    `mend the pair \`<!-- dx:${field} -->\` … \`<!-- /dx:${field} -->\`, or remove both`,
  )
}

/** A section whose heading is gone while its text still stands. */
export function renamedNote(field: string, line: number | null, title: string): Diagnostic {
  return note(
    'renamed?',
    'warning',
    { line, field },
    `the heading ${quote(title)} is gone and its text still stands; it counts as part of the section above now`,
    `write \`${title}\` above the text again to keep it as ${field}`,
  )
}

/** Lines that git wrote for a merge it could not finish. */
export function conflictMarkersNote(line: number): Diagnostic {
  return note(
    'conflict-markers',
    'error',
    { line, field: null },
    'git left conflict markers here; nothing in this file is read',
    'resolve the merge: keep one side and remove the lines `<<<<<<<`, `=======`, `>>>>>>>`',
  )
}

/** An item of a section of comments that is none. */
export function freeItemNote(field: string, line: number): Diagnostic {
  return note(
    'item',
    'note',
    { line, field },
    'this item is not a comment; it is kept as free text',
    `write it as \`${COMMENT_FORM}\``,
  )
}

/** A value that the text cannot show. */
export function inexpressibleNote(field: string, line: number | null, why: string): Diagnostic {
  return note(
    'cannot-express',
    'error',
    { line, field },
    `${field} was not written: ${why}; the file stays as it is`,
    'mend the place in the file, or change the value',
  )
}
