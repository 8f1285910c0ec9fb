import { readDate } from '../../lens/codec/date.ts'
import { readEnum } from '../../lens/codec/enum.ts'
import { readText } from '../../lens/codec/text.ts'
import type { FieldSpec } from '../../model/field.ts'
import type { FieldValue } from '../../model/value.ts'
import { findField } from '../find-field.ts'
import type { BacklogKey } from './read-keys.ts'
import type { TaskDraft } from './task-draft.ts'

/** What a file says of other tasks, in Backlog.md's ids. */
export interface ForeignReferences {
  dependencies: string[]
  parent: string | null
}

/** Takes a key into a field, into `references`, or else into a custom field. */
export function takeKey(draft: TaskDraft, key: BacklogKey, references: ForeignReferences): void {
  const texts = typeof key.value === 'string' ? [key.value] : key.value
  const filled = texts.map(readText).filter((text) => text !== null)
  if (key.key === 'dependencies') references.dependencies.push(...filled)
  else if (key.key === 'parent_task_id' && filled.length === 1 && references.parent === null) {
    references.parent = filled[0] ?? null
  } else if (key.key === 'assignee') takeAssignees(draft, filled)
  else if (key.key === 'modified_files' && draft.set('result.files', filled)) return
  else if (filled.length > 0 && !takeField(draft, key)) draft.keep(key.key, key.value)
}

/** The first is the assignee, without the sign before its name; all are kept where there are more. */
function takeAssignees(draft: TaskDraft, names: readonly string[]): void {
  const [first] = names
  if (first === undefined) return
  const taken = draft.set('assignee', first.replace(/^@(?=.)/, ''))
  if (!taken || names.length > 1) draft.keep('backlog_assignee', names)
}

/** Sets the field that a key's name stands for. False where there is none or the value does not fit. */
function takeField(draft: TaskDraft, key: BacklogKey): boolean {
  const spec = findField(draft.catalogue, key.key)
  if (spec === null) return false
  const value = decode(spec, key.value)
  if (value === null) {
    draft.remark(key.line, `\`${key.key}\` is kept as it is: it does not fit \`${spec.name}\``)
    return false
  }
  if (!draft.set(spec.name, value)) return false
  // A day, and one word for several sorts of work, are all that these fields hold; the rest is kept beside.
  const narrower = spec.type.kind === 'date' || spec.name === 'type'
  if (narrower && value !== key.value) draft.keep(key.key, key.value)
  return true
}

function decode(spec: FieldSpec, value: string | readonly string[]): FieldValue {
  if (typeof value !== 'string') return spec.type.kind === 'list' ? value : null
  switch (spec.type.kind) {
    case 'text':
      return readText(value)?.replaceAll(/\s*\n\s*/g, ' ') ?? null
    case 'list':
      return [value]
    case 'date': {
      const read = readDate(value)
      return read.kind === 'value' ? read.value : null
    }
    case 'enum': {
      const read = readEnum(spec.type.values, value)
      return read.kind === 'value' ? read.value : null
    }
    case 'markdown':
    case 'number':
    case 'flag':
    case 'checklist':
    case 'comments':
    case 'reference':
    case 'references':
      return null
  }
}
