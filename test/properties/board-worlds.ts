import * as fc from 'fast-check'
import { compileTemplateSet } from '../../src/lens/compile-template-set.ts'
import { indexNames } from '../../src/lens/name-index.ts'
import type { BoardState, BoardTask } from '../../src/lens/board.ts'
import type { LensContext } from '../../src/lens/reading.ts'
import type { BoardTemplate } from '../../src/lens/template.ts'
import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import type { DocumentPath } from '../../src/model/document.ts'
import type { EntityName } from '../../src/model/entity.ts'
import { type EntityId, type EntityKind, mintEntityId } from '../../src/model/id.ts'
import { readDefaultTemplates } from '../../src/templates/read-default-templates.ts'
import { wildLine } from './markdown-alphabet.ts'

const templates = compileTemplateSet(readDefaultTemplates(), STANDARD_CATALOGUE)

/** The default template of boards. */
export const BOARD: BoardTemplate = templates.board

const TASKS = 9
const GROUPS = 3
const PATH = 'sessions/main/board.md' as DocumentPath

function idOf(kind: EntityKind, number: number): EntityId {
  return mintEntityId(kind, new Uint8Array(8).fill(number))
}

/** Ids of the tasks that exist, and of some that lines may be adopted as. */
export const TASK_IDS: readonly EntityId[] = Array.from({ length: TASKS }, (_, at) =>
  idOf('task', at),
)
export const GROUP_IDS: readonly EntityId[] = Array.from({ length: GROUPS }, (_, at) =>
  idOf('group', at),
)
export const FRESH_TASK_IDS: readonly EntityId[] = Array.from({ length: 20 }, (_, at) =>
  idOf('task', at + 12),
)
export const FRESH_GROUP_IDS: readonly EntityId[] = Array.from({ length: 12 }, (_, at) =>
  idOf('group', at + 12),
)

function nameOf(kind: EntityKind, id: EntityId, title: string, path: string): EntityName {
  return {
    id,
    kind,
    title,
    session: null,
    group: null,
    parent: null,
    path: `sessions/main/${path}`,
    formerPaths: [],
    live: true,
    status: 'pending',
    archived: false,
    position: null,
    ordinal: 0,
  }
}

/** Where a task's document stands, from the board. */
export function taskFile(id: EntityId): string {
  return `tasks/${id}-x.md`
}

function groupFile(id: EntityId): string {
  const at = GROUP_IDS.indexOf(id)
  return at < 0 ? `groups/${id}.md` : `groups/group-${at}.md`
}

const names = [
  ...[...TASK_IDS, ...FRESH_TASK_IDS].map((id) => nameOf('task', id, `Task ${id}`, taskFile(id))),
  ...GROUP_IDS.map((id, at) => nameOf('group', id, `Group ${at}`, groupFile(id))),
  ...FRESH_GROUP_IDS.map((id) => nameOf('group', id, `Fresh ${id}`, groupFile(id))),
]

/** A project as seen from its board. */
export const CONTEXT: LensContext = {
  catalogue: STANDARD_CATALOGUE,
  references: indexNames(names).from(PATH),
  path: PATH,
  hoursPerDay: 8,
}

const pick = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

/** A title as a value may hold it: one line, no outer blanks. */
export const title: fc.Arbitrary<string> = fc.oneof(
  pick('Fix login', 'Ship it', 'a', 'C++ & C#', 'x · done', 'Group 1', '~~b~~', '![i](x)'),
  pick(
    '[x] y',
    'a [b](c) d',
    'a]b',
    '[',
    '`](`',
    'a `b',
    '\\',
    'a\\',
    '&#93;',
    '$& $1',
    '{{self}}',
  ),
  pick('# h #', 'x #', '<!-- c -->', '<b', '-->', '- [ ] z', '@bob', '4h', '|', '](tasks/x.md)'),
  fc
    .array(pick('[', ']', '(', ')', '`', '\\', '<', '>', '&', '#', '~', ' ', 'a', '!', '*', '·'))
    .map((chars) => chars.join('').trim() || 'x'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map((text) => text.trim() || 'y'),
)

const word = pick(
  '',
  '',
  '',
  ' · in progress',
  ' · wip',
  ' · blocked',
  ' · done',
  ' · someday',
  ' note',
)
const mark = pick(' ', ' ', ' ', 'x', 'X', '/', '-', '?')
const indent = pick('', '', '', '  ', '  ', '    ', '      ', '\t', ' ')
const bullet = pick('-', '-', '-', '*', '+', '1.', '2)')

const plainTitle = pick('Fix login', 'Ship [it]', 'C#', 'Wörter `code`', 'a ~~b~~ c', '')

const link = fc
  .record({ id: pick(...TASK_IDS), title: plainTitle, shape: fc.nat(9) })
  .map(({ id, title, shape }) => {
    const file = taskFile(id)
    if (shape === 0) return `[[${id}-x|${title || 'W'}]]`
    if (shape === 1) return `[[${id}-x]]`
    if (shape === 2) return `[${title}](<${file}>)`
    if (shape === 3) return `[${title}](./${file} "why")`
    if (shape === 4) return `~~[${title}](${file})~~`
    return shape === 5 ? `**[${title}](${file})**` : `[${title}](${file})`
  })

const taskLine = fc
  .record({ indent, bullet, mark, link, word })
  .map(({ indent, bullet, mark, link, word }) => `${indent}${bullet} [${mark}] ${link}${word}`)

const quick = pick(
  '',
  '',
  ' @bob',
  ' !high 4h',
  ' #auth due:2026-12-01',
  ' · blocked',
  ' · wip @al',
)
const newLine = fc
  .record({ indent, bullet, mark, title: plainTitle, quick })
  .map(({ indent, bullet, mark, title, quick }) => `${indent}${bullet} [${mark}] ${title}${quick}`)

const heading = fc.oneof(
  pick(
    '# Board: Main',
    '# Board:',
    '## No group',
    '## 🗂 no group',
    '# Other',
    '### Sub',
    '## New part',
  ),
  pick(...GROUP_IDS).map((id) => `## [Renamed](${groupFile(id)})`),
  pick(...GROUP_IDS).map((id) => `## Group ${GROUP_IDS.indexOf(id)}`),
  pick('## [Gone](groups/g-zzzzzzzz.md)', 'Group 1\n---', '##'),
)

const free = fc.oneof(
  pick('Some prose', '<!-- a comment -->', '> a quote', '  nested text', '- plain', '  - plain'),
  pick('- [ ]', '- [ ] ', '- [] typed', '```\n- [ ] code\n```', '---', '| a | b |', '    code'),
  wildLine,
)

const line = fc.oneof(
  { weight: 8, arbitrary: taskLine },
  { weight: 2, arbitrary: newLine },
  { weight: 3, arbitrary: heading },
  { weight: 2, arbitrary: free },
  { weight: 3, arbitrary: fc.constant('') },
)

/** Boards as people, programs and accidents leave them. */
export const boardText: fc.Arbitrary<string> = fc
  .record({
    lines: fc.array(line, { maxLength: 25 }),
    eol: pick('\n', '\n', '\n', '\r\n', '\r'),
    bom: pick('', '', '', '\u{FEFF}'),
    end: fc.boolean(),
  })
  .map(({ lines, eol, bom, end }) => {
    const text = lines.join('\n').replaceAll('\n', eol)
    return bom + text + (end && text !== '' ? eol : '')
  })

const status = pick(
  'pending',
  'pending',
  'in_progress',
  'blocked',
  'review',
  'completed',
  'failed',
  'cancelled',
)

interface Seat {
  readonly task: number
  readonly title: string
  readonly status: string
  /** Group, or number of groups for none. */
  readonly group: number
  /** Whether it is put below the task before it in its group. */
  readonly below: boolean
}

function seatsToState(name: string, seats: readonly Seat[], titles: readonly string[]): BoardState {
  const seen = new Set<number>()
  const lists: {
    id: EntityId
    title: string
    status: string
    children: BoardTask[]
    keep: []
  }[][] = Array.from({ length: GROUPS + 1 }, () => [])
  for (const { task, title, status, group, below } of seats) {
    if (seen.has(task)) continue
    seen.add(task)
    const node = { id: TASK_IDS[task] as EntityId, title, status, children: [], keep: [] as [] }
    const list = lists[group] ?? []
    const last = list.at(-1)
    if (below && last !== undefined) last.children.push(node)
    else list.push(node)
  }
  const order = titles.map((title, at) => ({ id: GROUP_IDS[at] as EntityId, title, at }))
  return {
    name,
    groups: order
      .filter(({ at }) => at < GROUPS)
      .map(({ id, title, at }) => ({ id, title, tasks: lists[at] ?? [] })),
    ungrouped: lists[GROUPS] ?? [],
    adopted: new Map(),
  }
}

/** What a board may have to show. */
export const boardState: fc.Arbitrary<BoardState> = fc
  .record({
    name: fc.oneof(pick('Main', 'Main', ''), title),
    seats: fc.array(
      fc.record({
        task: fc.nat(TASKS - 1),
        title: fc.oneof(
          plainTitle.map((text) => text || 'z'),
          title,
        ),
        status,
        group: fc.nat(GROUPS),
        below: fc.boolean(),
      }),
      { maxLength: 12 },
    ),
    titles: fc.tuple(title, title, title),
    order: fc.shuffledSubarray([0, 1, 2], { minLength: 0 }),
  })
  .map(({ name, seats, titles, order }) => {
    const state = seatsToState(name, seats, titles)
    const groups = order.flatMap((at) => state.groups[at] ?? [])
    return { ...state, groups }
  })

/** All tasks of a state, those above first. */
export function tasksOf(state: BoardState): readonly BoardTask[] {
  const found: BoardTask[] = []
  const visit = (tasks: readonly BoardTask[]): void => {
    for (const task of tasks) {
      found.push(task)
      visit(task.children)
    }
  }
  for (const group of state.groups) visit(group.tasks)
  visit(state.ungrouped)
  return found
}
