import assert from 'node:assert/strict'
import { test } from 'node:test'
import { indexNames } from '../lens/name-index.ts'
import { STANDARD_CATALOGUE } from '../model/catalogue.ts'
import { DEFAULT_CONFIG } from '../model/config.ts'
import { DiptychError } from '../model/error.ts'
import { parseAssignment, parseAssignments } from './parse-assignments.ts'
import type { Project } from './project.ts'

const CLOCK = { now: () => 0, today: () => '2026-11-22', dayOf: () => '2026-11-22' }
const PROJECT = {
  catalogue: STANDARD_CATALOGUE,
  config: DEFAULT_CONFIG,
  clock: CLOCK,
} as Partial<Project> as Project
const NO_NAMES = indexNames([])

function parse(...texts: readonly string[]): ReturnType<typeof parseAssignments> {
  return parseAssignments(PROJECT, NO_NAMES, 'task', texts.map(parseAssignment))
}

function refusal(text: string): DiptychError {
  try {
    parse(text)
  } catch (error) {
    if (error instanceof DiptychError) return error
    throw error
  }
  throw new Error(`${text} was taken`)
}

test('values mean what they mean in a document', () => {
  const { changes, warnings } = parse(
    'estimate=1.5d',
    'priority=P1',
    'status=done',
    'labels=a, b',
    'tags=[c, a]',
    'progress=45 %',
    'deadline=24.12.2026',
    'archived=yes',
    'checklist=- [x] one\n- two',
    'assignee=@bob',
    'description=  a\n\nb  ',
  )
  assert.deepEqual(Object.fromEntries(changes), {
    estimate: 12,
    priority: 'high',
    status: 'completed',
    labels: ['a', 'b', 'c'],
    progress: 45,
    due: '2026-12-24',
    archived: true,
    checklist: [
      { text: 'one', done: true },
      { text: 'two', done: false },
    ],
    assignee: '@bob',
    description: '  a\n\nb  ',
  })
  assert.deepEqual(warnings, [])
})

test('a day may be relative to today', () => {
  assert.equal(parse('due=tomorrow').changes.get('due'), '2026-11-23')
})

test('a value that contains = is whole', () => {
  assert.equal(parse('description=a=b').changes.get('description'), 'a=b')
})

test('an empty value clears', () => {
  assert.equal(parse('due=').changes.get('due'), null)
  assert.equal(parse('parent=').changes.get('parent'), null)
})

test('a bad value is refused with the valid ones', () => {
  const status = refusal('status=dne')
  assert.equal(status.code, 'invalid-value')
  assert(status.details.valid?.includes('in_progress'))
  assert.match(status.details.why ?? '', /done|completed/)
  for (const bad of ['estimate=soon', 'progress=400', 'due=2026-02-30', 'archived=maybe']) {
    assert.equal(refusal(bad).code, 'invalid-value', bad)
    assert((refusal(bad).details.valid?.length ?? 0) > 0, bad)
  }
})

test('a name that no field answers to is a custom field, with a warning when it looks like a slip', () => {
  assert.deepEqual(parse('customer=ACME').warnings, [])
  assert.equal(parse('customer=ACME').changes.get('customer'), 'ACME')
  assert.match(parse('assigne=bob').warnings[0] ?? '', /`assignee`/)
})

test('a name that cannot stand in front matter is refused', () => {
  assert.match(refusal('id=t-1').message, /^the id of a task is fixed/)
  for (const bad of ['a:b=1', '-x=1', '#a=1', '{{x}}=1']) {
    assert.equal(refusal(bad).code, 'unknown-field', bad)
  }
})

test('an effort below nothing is told apart from what is no number', () => {
  const { what, why, valid } = refusal('estimate=-3h').details
  assert.equal(what, 'estimate cannot be `-3h`')
  assert.equal(why, 'it must not be negative')
  assert.equal(valid?.[0], '0 to 1000000')
  assert.equal(refusal('estimate=-3').details.why, why)
  assert.equal(refusal('estimate=soon').details.why, 'it is not a number')
})

test('what is no assignment is a usage error', () => {
  for (const bad of ['status', '=x', '']) assert.equal(refusal(bad).code, 'usage', bad)
})
