import assert from 'node:assert/strict'
import { parseDocument } from '../../src/lens/parse.ts'
import { patchDocument } from '../../src/lens/patch.ts'
import type { DocumentReading, Reading } from '../../src/lens/reading.ts'
import type { EntityTemplate } from '../../src/lens/template.ts'
import type { FieldValue, Fields } from '../../src/model/value.ts'
import { CONTEXT, defaultTemplate } from '../properties/lens-worlds.ts'

/** The default template of tasks. */
export const TASK: EntityTemplate = defaultTemplate('task')

/** A task as a person keeps it. */
export const LOGIN = `---
status: in_progress
id: t-7k2m9xqd
priority: high   # for the release
assignee: 'alice'
due: 2026-12-04
sprint: "12"
labels:
  - auth # the team
  - "ui"
---

# Fix login

Deep links lose \`next\`.

## Acceptance criteria

Seen with Safari only.

- [x] Reproduced
- [ ] Round trip
  - [ ] nested

## Notes

Safari drops the cookie.
`

/** Reads a text, against a base or not. */
export function read(
  text: string,
  base: { text: string; fields: Fields } | null = null,
): DocumentReading {
  return parseDocument(TASK, text, base, CONTEXT)
}

/** Values that a text gives. */
export function values(text: string): Fields {
  const found = [...read(text).fields].flatMap(([name, place]) =>
    place.kind === 'value' ? [[name, place.value] as const] : [],
  )
  return new Map(found)
}

/** Reads `text` as an edit of `before`. */
export function edit(text: string, before: string = LOGIN): DocumentReading {
  return read(text, { text: before, fields: values(before) })
}

/** The value of a field, which must have one. */
export function value(reading: DocumentReading, name: string): FieldValue {
  const place = reading.fields.get(name)
  assert.equal(place?.kind, 'value', `${name} has no value`)
  return place?.kind === 'value' ? place.value : null
}

/** What a text says of a field. */
export function place(reading: DocumentReading, name: string): Reading | undefined {
  return reading.fields.get(name)
}

/** Codes of what is said about a text. */
export function codes(reading: DocumentReading): readonly string[] {
  return reading.diagnostics.map(({ code }) => code)
}

/** The text with `changes` written into it, which must be possible. */
export function patch(text: string, changes: Readonly<Record<string, FieldValue>>): string {
  const outcome = patchDocument(TASK, text, new Map(Object.entries(changes)), CONTEXT)
  assert.equal(outcome.kind, 'patched')
  return outcome.kind === 'patched' ? outcome.text : ''
}

/** The fields for which writing `changes` must be refused. */
export function refusal(
  text: string,
  changes: Readonly<Record<string, FieldValue>>,
): readonly string[] {
  const outcome = patchDocument(TASK, text, new Map(Object.entries(changes)), CONTEXT)
  assert.equal(outcome.kind, 'refused')
  return outcome.kind === 'refused' ? outcome.fields : []
}
