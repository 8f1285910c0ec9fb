import {
  COMPLEXITIES,
  PRIORITIES,
  SESSION_STATUSES,
  TASK_STATUSES,
  TASK_TYPES,
} from './enumerations.ts'
import type { Catalogue, EnumValue, FieldHome, FieldSpec, FieldType, MergeKind } from './field.ts'
import type { FieldValue } from './value.ts'

interface FieldOptions {
  readonly aliases?: readonly string[]
  readonly default?: FieldValue
  readonly merge?: MergeKind
  readonly home?: FieldHome
}

function mergeOf(type: FieldType): MergeKind {
  switch (type.kind) {
    case 'markdown':
      return 'prose'
    case 'list':
    case 'references':
    case 'comments':
      return 'set'
    case 'checklist':
      return 'checklist'
    case 'text':
    case 'enum':
    case 'number':
    case 'date':
    case 'flag':
    case 'reference':
      return 'scalar'
  }
}

function defaultOf(type: FieldType): FieldValue {
  switch (type.kind) {
    case 'list':
    case 'references':
    case 'comments':
    case 'checklist':
      return []
    case 'flag':
      return false
    case 'markdown':
    case 'text':
    case 'enum':
    case 'number':
    case 'date':
    case 'reference':
      return null
  }
}

function field(
  name: string,
  type: FieldType,
  about: string,
  options: FieldOptions = {},
): readonly [string, FieldSpec] {
  return [
    name,
    {
      name,
      type,
      about,
      aliases: options.aliases ?? [],
      default: options.default ?? defaultOf(type),
      merge: options.merge ?? mergeOf(type),
      home: options.home ?? 'document',
    },
  ]
}

/** Sign of a value and other words that people write for it. */
type Words = readonly [emoji: string, ...aliases: string[]]

function enumeration<Key extends string>(
  keys: readonly Key[],
  words: Readonly<Partial<Record<Key, Words>>>,
): FieldType {
  const values = keys.map((key): EnumValue => {
    const [emoji = '', ...aliases] = words[key] ?? []
    const label = key.replaceAll('_', ' ')
    return { key, label: label[0]?.toUpperCase() + label.slice(1), emoji, aliases }
  })
  return { kind: 'enum', values }
}

const TEXT: FieldType = { kind: 'text' }
const MARKDOWN: FieldType = { kind: 'markdown' }
const LIST: FieldType = { kind: 'list' }
const CHECKLIST: FieldType = { kind: 'checklist' }
const DATE: FieldType = { kind: 'date' }
const FLAG: FieldType = { kind: 'flag' }
const HOURS: FieldType = { kind: 'number', unit: 'hours', min: 0, max: 1_000_000 }
const PERCENT: FieldType = { kind: 'number', unit: 'percent', min: 0, max: 100 }
const RANK: FieldType = { kind: 'number', unit: 'none', min: -1_000_000_000, max: 1_000_000_000 }

/** Words that tasks, groups and sessions share for how far they are. */
const NOT_BEGUN = [
  'todo',
  'to do',
  'new',
  'backlog',
  'not started',
  'ready',
  'pendiente',
  'à faire',
]
const UNDER_WAY = [
  'wip',
  'doing',
  'started',
  'in work',
  'ongoing',
  'running',
  'in arbeit',
  'en curso',
  'en cours',
]
const ON_HOLD = ['waiting', 'on hold', 'stuck', 'blockiert', 'bloqueado', 'bloqué']
const OVER = [
  'done',
  'complete',
  'finished',
  'closed',
  'resolved',
  'x',
  '☑',
  '✔',
  '✓',
  'erledigt',
  'fertig',
  'hecho',
  'terminé',
]
const DROPPED = [
  'canceled',
  'dropped',
  'abandoned',
  'wontfix',
  "won't fix",
  "won't do",
  'won’t do',
  'abgebrochen',
  'cancelado',
  'annulé',
]

const TASK_STATUS: FieldType = enumeration(TASK_STATUSES, {
  pending: ['⏳', ...NOT_BEGUN, 'open', 'planned', 'offen'],
  in_progress: ['🔄', ...UNDER_WAY, 'active'],
  blocked: ['🚫', ...ON_HOLD, 'paused'],
  review: ['👀', 'in review', 'reviewing', 'needs review'],
  completed: ['✅', ...OVER],
  failed: ['❌', 'failure', 'broken'],
  cancelled: ['🗑', ...DROPPED],
})

const PRIORITY: FieldType = enumeration(PRIORITIES, {
  urgent: ['🔥', 'p0', '0', 'critical', 'highest', 'blocker', 'very high', 'dringend'],
  high: ['🔴', 'p1', '1', 'important', 'hoch', 'alta', 'haute'],
  medium: ['🟡', 'p2', '2', 'normal', 'med', 'default', 'mittel', 'media', 'moyenne'],
  low: ['🟢', 'p3', '3', 'minor', 'niedrig', 'baja', 'basse'],
  someday: ['💤', 'p4', '4', 'lowest', 'very low'],
})

const TASK_TYPE: FieldType = enumeration(TASK_TYPES, {
  standard: ['', 'task', 'chore'],
  breakdown: ['', 'epic'],
  review: ['', 'code review'],
  approval: ['', 'sign-off', 'signoff'],
  research: ['', 'spike', 'investigation'],
  implementation: ['', 'feature', 'feat', 'bug', 'bugfix', 'fix', 'coding'],
  testing: ['', 'test', 'tests', 'qa'],
  documentation: ['', 'docs', 'doc'],
  deployment: ['', 'deploy', 'release'],
})

const COMPLEXITY: FieldType = enumeration(COMPLEXITIES, {
  simple: ['', 'easy', 'small'],
  moderate: ['', 'medium', 'normal'],
  complex: ['', 'hard', 'large'],
  very_complex: ['', 'very hard', 'huge'],
})

const SESSION_STATUS: FieldType = enumeration(SESSION_STATUSES, {
  planned: ['📋', ...NOT_BEGUN, 'pending'],
  active: ['🔄', ...UNDER_WAY, 'in_progress', 'open'],
  paused: ['⏸', ...ON_HOLD, 'blocked'],
  completed: ['✅', ...OVER],
  cancelled: ['🗑', ...DROPPED],
})

const SESSION_OF: FieldType = { kind: 'reference', to: 'session' }
const GROUP_OF: FieldType = { kind: 'reference', to: 'group' }
const TASK_OF: FieldType = { kind: 'reference', to: 'task' }

const priority = field('priority', PRIORITY, 'how much it matters', {
  default: 'medium',
  aliases: ['prio', 'importance'],
})
const archived = field('archived', FLAG, 'hidden from boards, kept with its outcome')
const position = field('position', RANK, 'place among its siblings, lower first', {
  aliases: ['order', 'rank'],
})
const created = field('created', DATE, 'day it was created', {
  aliases: ['created_date', 'created_at', 'date_created'],
})
const session = field('session', SESSION_OF, 'session that holds it', { home: 'path' })

/** Fields that Diptych knows of without configuration. */
export const STANDARD_CATALOGUE: Catalogue = {
  session: new Map([
    field('name', TEXT, 'name of the session', { aliases: ['title'] }),
    field('status', SESSION_STATUS, 'state of the session', { default: 'planned' }),
    field('type', TEXT, 'sort of session, in your own words'),
    field('mode', TEXT, 'role file that its agents follow'),
    priority,
    created,
    archived,
    field('description', MARKDOWN, 'what the session is about'),
    field('links', MARKDOWN, 'links to related material'),
  ]),
  group: new Map([
    field('title', TEXT, 'title of the group', { aliases: ['name'] }),
    field('status', TASK_STATUS, 'state of the group', { default: 'pending' }),
    session,
    priority,
    field('parent', GROUP_OF, 'group that contains it', { aliases: ['parent_group'] }),
    field('specialists', LIST, 'specialist roles that work on it'),
    position,
    created,
    archived,
    field('description', MARKDOWN, 'what the group is about'),
    field('notes', MARKDOWN, 'anything worth keeping'),
  ]),
  task: new Map([
    field('title', TEXT, 'what is to be done', { aliases: ['name'] }),
    field('status', TASK_STATUS, 'state of the work', {
      default: 'pending',
      merge: 'lattice',
      aliases: ['state'],
    }),
    session,
    priority,
    field('group', GROUP_OF, 'group that it belongs to', { aliases: ['task_group'] }),
    field('specialist', TEXT, 'specialist role that does it', { aliases: ['role'] }),
    field('assignee', TEXT, 'who does it', { aliases: ['assigned', 'assigned_to', 'owner'] }),
    field('parent', TASK_OF, 'task that it is a part of', {
      aliases: ['parent_task', 'parent_task_id'],
    }),
    created,
    field('due', DATE, 'day it is due', { aliases: ['deadline', 'due_date', 'duedate'] }),
    field('type', TASK_TYPE, 'sort of work', { default: 'standard' }),
    field('complexity', COMPLEXITY, 'how hard it is', { default: 'moderate' }),
    field('estimate', HOURS, 'expected effort', { aliases: ['estimated', 'estimated_effort'] }),
    field('actual', HOURS, 'effort spent', { aliases: ['actual_effort', 'spent'] }),
    field('progress', PERCENT, 'how far it is', { default: 0, merge: 'lattice' }),
    field('started', DATE, 'day work began', { home: 'database' }),
    field('completed', DATE, 'day it was completed', {
      aliases: ['completed_date', 'completed_at'],
    }),
    field('labels', LIST, 'labels', { aliases: ['tags', 'label', 'tag'] }),
    field('depends_on', { kind: 'references', to: 'task' }, 'tasks that must be completed first', {
      aliases: ['dependencies', 'depends', 'blocked_by', 'requires'],
    }),
    position,
    archived,
    field('description', MARKDOWN, 'what it is about'),
    field('criteria', CHECKLIST, 'acceptance criteria', { aliases: ['acceptance_criteria'] }),
    field('checklist', CHECKLIST, 'steps', { aliases: ['steps', 'subtasks'] }),
    field('plan', MARKDOWN, 'how it will be done'),
    field('notes', MARKDOWN, 'anything worth keeping'),
    field('comments', { kind: 'comments' }, 'remarks with their authors'),
    field('result.summary', MARKDOWN, 'outcome in a few words'),
    field('result.detail', MARKDOWN, 'outcome in full'),
    field('result.files', LIST, 'files that it produced or changed'),
  ]),
  note: new Map([
    field('title', TEXT, 'title of the note', { aliases: ['name'] }),
    field('kind', TEXT, 'sort of note, and its file name', { home: 'path' }),
    session,
    created,
    archived,
    field('body', MARKDOWN, 'the note itself'),
  ]),
}
