import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { runs } from '../../../test/properties/runs.ts'
import { compileTemplate } from '../../lens/compile-template.ts'
import { indexNames } from '../../lens/name-index.ts'
import { parseDocument } from '../../lens/parse.ts'
import { printDocument } from '../../lens/print.ts'
import { STANDARD_CATALOGUE } from '../../model/catalogue.ts'
import { DEFAULT_CONFIG } from '../../model/config.ts'
import { type EntityId, mintEntityId } from '../../model/id.ts'
import { defaultPath } from '../../model/layout.ts'
import { type FieldValue, sameValue } from '../../model/value.ts'
import { readDefaultTemplates } from '../../templates/read-default-templates.ts'
import { type BacklogFile, importBacklog, type PlannedTask } from './import-backlog.ts'

const SESSION = mintEntityId('session', new Uint8Array(8))

/** Names the folder of a real Backlog.md project to try the law on. */
const REAL_FOLDER = process.env['DIPTYCH_BACKLOG'] ?? ''

/** Headings that fields stand for, markers, and the lines between a comment's parts. */
const STRUCTURE = [
  /^## (Description|Acceptance Criteria|Definition of Done|Implementation (Plan|Notes)|Final Summary|Comments)[: ]*$/i,
  /^<!-- (SECTION:[A-Z_]+|AC|DOD|COMMENTS):(BEGIN|END) -->$/,
]
const COMMENT_FRAME = /^(---$|author: |created: )/

const MAPPED: Readonly<Record<string, string>> = {
  'to do': 'pending',
  'in progress': 'in_progress',
  done: 'completed',
  "won't do": 'cancelled',
}

/** Values that a task has without being told. */
const DEFAULTS: ReadonlySet<string> = new Set(['pending', 'medium'])

/** All texts in a value, line by line, without outer blanks. */
function linesOf(value: FieldValue): readonly string[] {
  if (typeof value === 'string') return value.split('\n').map((line) => line.trim())
  if (!Array.isArray(value)) return []
  return (value as readonly unknown[]).flatMap((item) => {
    if (typeof item === 'string') return linesOf(item)
    const { text, author } = item as { text: string; author?: string }
    return [...linesOf(text), ...linesOf(author ?? null)]
  })
}

/** Lines of a file's body that the planned task does not hold as often as the file does. */
function lostLines(file: BacklogFile, task: PlannedTask): readonly string[] {
  const held = new Map<string, number>()
  const all = [...task.fields.values()].flatMap(linesOf)
  for (const line of all) held.set(line, (held.get(line) ?? 0) + 1)
  const joined = all.map((line) => ` ${line} `).join('\n')
  const body = file.text.replaceAll('\r\n', '\n').replace(/^\uFEFF?---\n[^]*?\n---\n/, '')
  // An item may be part of a line, so that whole lines come first.
  const [items = [], plain = []] = [true, false].map((wanted) =>
    body.split('\n').filter((line) => /^\s*[-*+] \[/.test(line) === wanted),
  )
  return [...plain, ...items].flatMap((source) => {
    const line = source.trim()
    const unboxed = line.replace(/^[-*+] \[[ xX]\][ \t]+/, '')
    const bare = unboxed.replace(/^#\d+[ \t]+/, '')
    for (const form of [line, unboxed, bare]) {
      const left = held.get(form) ?? 0
      if (left > 0) {
        held.set(form, left - 1)
        return []
      }
    }
    if (line === '' || STRUCTURE.some((form) => form.test(line))) return []
    if (line.startsWith('# ') && line.slice(2) === task.fields.get('title')) return []
    if (task.fields.has('comments') && COMMENT_FRAME.test(line)) return []
    // An item and the lines that go on with it become one line.
    const isPartOfItem = bare !== line || /^\s/.test(source)
    return isPartOfItem && joined.includes(` ${bare} `) ? [] : [line]
  })
}

function unquoted(source: string): string {
  const bare = source.trim().replaceAll(/^['"]|['"]$/g, '')
  return bare.replaceAll("''", "'").replaceAll(/\\(["\\])/g, '$1')
}

/** Lines of the front matter with a value that is in no field; references have tests of their own. */
function lostValues(file: BacklogFile, task: PlannedTask): readonly string[] {
  const head = /^\uFEFF?---\r?\n([^]*?)\r?\n---\r?\n/.exec(file.text)?.[1] ?? ''
  const held = new Set([...task.fields.values()].flatMap(linesOf))
  let key = ''
  return head.split(/\r?\n/).filter((line) => {
    const [, name, rest = ''] = /^(?:([\w-]+):|\s+-)\s*(.*)$/.exec(line) ?? []
    key = name ?? key
    if (key === 'dependencies' || key === 'parent_task_id') return false
    const values = /^\[.*\]$/.test(rest) ? rest.slice(1, -1).split(/,\s*/) : [rest]
    return values
      .map(unquoted)
      .filter((value) => !/^(|[>|]-?)$/.test(value))
      .some((value) => {
        const forms = [value, value.replace(/^@/, ''), MAPPED[value.toLowerCase()] ?? value]
        return !forms.some((form) => DEFAULTS.has(form) || held.has(form))
      })
  })
}

function planned(files: readonly BacklogFile[]): readonly PlannedTask[] {
  let minted = 0
  const mint = (): EntityId => {
    minted++
    return mintEntityId('task', Uint8Array.from([minted >> 10, minted >> 5, minted, 0, 0, 0, 0, 0]))
  }
  return importBacklog({ catalogue: STANDARD_CATALOGUE.task, session: SESSION, mint }, files).tasks
}

const words = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', '`code`', '**bold**', 'x')
const phrase = fc.array(words, { minLength: 1, maxLength: 4 }).map((list) => list.join(' '))
const bodyLine = fc.oneof(
  phrase,
  phrase,
  fc.constantFrom(
    '',
    '',
    '```',
    '---',
    '> quote',
    '<!-- AC:BEGIN -->',
    '<!-- AC:END -->',
    '## Why',
  ),
  phrase.map((text) => `- [ ] #1 ${text}`),
  phrase.map((text) => `- [x] ${text}`),
  phrase.map((text) => `  more ${text}`),
  phrase.map((text) => `  - ${text}`),
  phrase.map((text) => `### ${text}`),
  phrase.map((text) => `author: ${text}`),
  fc.constant('created: 2026-03-05 10:00'),
)
const bodyLines = fc.array(bodyLine, { maxLength: 8 })

const section = fc
  .tuple(
    fc.constantFrom(
      ['Description', 'SECTION:DESCRIPTION'],
      ['Acceptance Criteria', 'AC'],
      ['Definition of Done', 'DOD'],
      ['Implementation Plan', 'SECTION:PLAN'],
      ['Implementation Notes', 'SECTION:NOTES'],
      ['Comments', 'COMMENTS'],
      ['Final Summary', 'SECTION:FINAL_SUMMARY'],
      ['Observed occurrences', ''],
    ),
    bodyLines,
    fc.boolean(),
    bodyLines,
  )
  .map(([[title = '', mark = ''], inside, marked, after]) => {
    const [begin, end] = marked && mark !== '' ? ['BEGIN', 'END'] : ['', '']
    const wrap = (word: string): string[] => (word === '' ? [] : [`<!-- ${mark}:${word} -->`])
    return [`## ${title}`, ...wrap(begin), ...inside, ...wrap(end), ...after]
  })

const document = fc
  .tuple(bodyLines, fc.array(section, { maxLength: 6 }))
  .map(([before, sections]) => {
    const head = ['---', 'id: APP-1', 'title: Door', 'status: To Do', '---']
    return [...head, ...before, ...sections.flat(), ''].join('\n')
  })

test('every line of a body that is not blank is in a field of the task', () => {
  fc.assert(
    fc.property(document, (text) => {
      const file: BacklogFile = { path: 'tasks/app-1.md', text }
      const [task] = planned([file])
      assert.ok(task !== undefined)
      assert.deepEqual(lostLines(file, task), [], JSON.stringify([...task.fields]))
    }),
    runs(),
  )
})

const TEMPLATE = compileTemplate(readDefaultTemplates().task, 'task', STANDARD_CATALOGUE)

/** Fields of a task that its printed document does not give back. */
function unprinted(task: PlannedTask): readonly string[] {
  assert.ok(TEMPLATE.kind === 'compiled' && TEMPLATE.template.kind === 'task')
  const path = defaultPath(DEFAULT_CONFIG, {
    id: task.id,
    kind: 'task',
    title: '',
    status: 'pending',
    sessionFolder: 'main',
  })
  const references = indexNames([]).from(path)
  const lens = { catalogue: STANDARD_CATALOGUE, references, path, hoursPerDay: 8 }
  const text = printDocument(TEMPLATE.template, task.id, task.fields, lens)
  const reading = parseDocument(TEMPLATE.template, text, null, lens)
  return [...task.fields].flatMap(([name, value]) => {
    if (['session', 'parent', 'depends_on'].includes(name)) return []
    const place = reading.fields.get(name)
    return place?.kind === 'value' && sameValue(place.value, value) ? [] : [name]
  })
}

test('the printed document of an imported task gives all its fields back', () => {
  fc.assert(
    fc.property(document, (text) => {
      const [task] = planned([{ path: 'tasks/app-1.md', text }])
      assert.ok(task !== undefined)
      assert.deepEqual(unprinted(task), [])
    }),
    runs(),
  )
})

function realFiles(folder: string): readonly BacklogFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => {
      return {
        path: relative(folder, path).replaceAll(sep, '/'),
        text: readFileSync(path, 'utf8'),
      }
    })
}

test(
  'every line and every value of a real Backlog.md folder is in a field of its task',
  { skip: existsSync(REAL_FOLDER) ? false : 'DIPTYCH_BACKLOG names no folder' },
  (context) => {
    const files = realFiles(REAL_FOLDER)
    const tasks = planned(files)
    const byPath = new Map(files.map((file) => [file.path, file]))
    assert.ok(tasks.length > 0)
    for (const task of tasks) {
      const file = byPath.get(task.path)
      assert.ok(file !== undefined)
      assert.deepEqual([task.path, lostLines(file, task)], [task.path, []])
      assert.deepEqual([task.path, lostValues(file, task)], [task.path, []])
      assert.deepEqual([task.path, unprinted(task)], [task.path, []])
    }
    context.diagnostic(`${tasks.length} of ${files.length} files are tasks`)
  },
)
