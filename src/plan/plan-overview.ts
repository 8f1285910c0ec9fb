import { takeLines } from '../merge/text-lines.ts'
import {
  type Agreed,
  type DocumentPath,
  entityDocument,
  sessionDocument,
} from '../model/document.ts'
import type { Entity } from '../model/entity.ts'
import { textOf, withFields } from '../model/field.ts'
import type { EntityId } from '../model/id.ts'
import { type Action, NO_DATABASE_CHANGE } from './action.ts'
import { createFromValues } from './create-document.ts'
import type { FileText, PlanContext } from './state.ts'

/** Kind of the note that takes what people write into a generated document. */
export const INBOX = 'inbox'

/** Everything that decides about a session's overview. */
export interface OverviewSide {
  readonly session: EntityId
  readonly path: DocumentPath
  readonly agreed: Agreed | null
  /** The file as it is, maybe in a former folder of the session; null where there is none. */
  readonly present: FileText | null
  /** Other texts that programs made of it: printed here before, or what git has. */
  readonly known: readonly string[]
  /** What it is to say now. */
  readonly printed: string
  /** The note that takes what people wrote into it. */
  readonly inbox: { readonly path: DocumentPath; readonly entity: Entity | null }
}

/**
 * Decides about an overview: it is printed again where it differs, and lines that someone wrote into
 * it go to the session's inbox first, as they are. What no one wrote here stays out of it: what was
 * printed before, what git has brought, what another machine prints in its place. Of a file that was never agreed nothing is known
 * to be someone's; its bytes are kept like all that is displaced.
 */
export function planOverview(context: PlanContext, side: OverviewSide): readonly Action[] {
  const { present, agreed, printed, path } = side
  const edited = present !== null && agreed !== null && present.text !== agreed.text
  const known = edited ? [agreed.text, printed, ...side.known].join('\n') : ''
  const typed = edited ? addedLines(known, present.text) : []
  const actions = typed.length === 0 ? [] : [keepInInbox(context, side, typed)]
  const settled = agreed?.path === path && present?.path === path && !edited
  if (settled && saysTheSame(present.text, printed)) return actions
  return [...actions, printOver(side, present)]
}

/** Prints the overview; a file that someone's formatter made of it stays while it says the same. */
function printOver(
  { session, path, printed: wanted }: OverviewSide,
  present: FileText | null,
): Action {
  const kept = present !== null && saysTheSame(present.text, wanted)
  const printed = kept ? present.text : wanted
  return {
    kind: 'project',
    key: sessionDocument('overview', session),
    path,
    database: NO_DATABASE_CHANGE,
    folder: overviewChange(path, present, printed),
    agreed: { path, text: printed, fields: new Map(), revision: 0 },
    diagnostics: [],
    unsettled: false,
  }
}

function overviewChange(
  path: DocumentPath,
  present: FileText | null,
  text: string,
): Action['folder'] {
  if (present === null) return { kind: 'create', path, text }
  const { path: from, hash: expected } = present
  if (from !== path) return { kind: 'move', path: from, target: path, expected, text }
  return present.text === text ? null : { kind: 'replace', path, expected, text }
}

/** Lines of `text` that say something which no line of `before` says, parted by a blank line where they were apart. */
function addedLines(before: string, text: string): readonly string[] {
  const known = new Set(sayings(before))
  const added: string[] = []
  let apart = false
  for (const line of takeLines(text).lines) {
    const said = sayingOf(line)
    if (said === '' || known.has(said) || isPrinted(line)) apart = added.length > 0
    else {
      added.push(...(apart ? [''] : []), line)
      apart = false
    }
  }
  return added
}

/** Lines that overviews alone have, whatever their figures: activity of a day, a row with a bar, the sum of all. */
const PRINTED: readonly RegExp[] = [
  /^- \d{4}-\d\d-\d\d \[.*\]\([^)]*\).*: .* · [^·]+$/,
  /^\|.*\| [█░]{10} \|.*\|$/,
  /^\*\*\d+ of \d+\*\* tasks are done:/,
]

function isPrinted(line: string): boolean {
  return PRINTED.some((form) => form.test(line.trimEnd()))
}

function saysTheSame(a: string, b: string): boolean {
  return sayings(a).join('\n') === sayings(b).join('\n')
}

function sayings(text: string): readonly string[] {
  return takeLines(text)
    .lines.map(sayingOf)
    .filter((said) => said !== '')
}

/** What a line says, however it is padded, ruled and emphasized. */
function sayingOf(line: string): string {
  return line.replaceAll(/[^\p{L}\p{N}\p{S}]+/gu, '').replaceAll('|', '')
}

function keepInInbox(
  context: PlanContext,
  { session, inbox }: OverviewSide,
  typed: readonly string[],
): Action {
  const { entity, path } = inbox
  const text = typed.join('\n')
  if (entity === null) {
    return createFromValues(context, {
      id: context.mint.entity('note'),
      kind: 'note',
      path,
      values: new Map([
        ['title', 'Inbox'],
        ['kind', INBOX],
        ['session', session],
        ['body', text],
      ]),
      ordinal: null,
    })
  }
  const { id, revision, fields } = entity
  const before = textOf(context.catalogue.note, fields, 'body')
  const body = before === '' ? text : `${before}\n\n${text}`
  const next = withFields(context.catalogue.note, fields, [['body', body]])
  return {
    kind: 'ingest',
    key: entityDocument(id),
    path,
    database: {
      ...NO_DATABASE_CHANGE,
      expected: { id, revision },
      entity: { kind: 'update', id, fields: next },
    },
    folder: null,
    agreed: null,
    diagnostics: [],
    unsettled: false,
  }
}
