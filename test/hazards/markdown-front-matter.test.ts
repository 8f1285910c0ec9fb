import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { patchDocument } from '../../src/lens/patch.ts'
import { printDocument } from '../../src/lens/print.ts'
import type { EntityId } from '../../src/model/id.ts'
import type { FieldValue } from '../../src/model/value.ts'
import { CONTEXT, TASK_ID } from '../properties/lens-worlds.ts'
import {
  LOGIN,
  TASK,
  codes,
  edit,
  patch,
  place,
  read,
  refusal,
  value,
  values,
} from './markdown-login.ts'

describe('H57 what people put into the front matter', () => {
  test('H57 unknown keys, comments, order and quotes stay byte for byte', () => {
    const after = patch(LOGIN, { assignee: 'bob', priority: 'low', labels: ['auth', 'ui', 'web'] })
    const expected = LOGIN.replace("'alice'", "'bob'")
      .replace('high   #', 'low   #')
      .replace('  - "ui"\n', '  - "ui"\n  - web\n')
    assert.equal(after, expected)
  })

  test('H57 unknown keys are custom fields: a text, a list, the source of a map', () => {
    const text = LOGIN.replace('sprint: "12"', 'sprint: "12"\nwho: [a, b]\nmeta:\n  a: 1\n  b: 2')
    const reading = read(text)
    assert.equal(value(reading, 'sprint'), '12')
    assert.deepEqual(value(reading, 'who'), ['a', 'b'])
    assert.equal(value(reading, 'meta'), 'a: 1\nb: 2')
    assert.equal(patch(text, { sprint: '13' }), text.replace('"12"', '"13"'))
  })

  test('H57 a key that means a field binds without a slot and under an alias', () => {
    const text = LOGIN.replace('due:', 'Deadline:').replace('sprint: "12"', 'role: tester')
    assert.equal(value(read(text), 'due'), '2026-12-04')
    assert.equal(value(read(text), 'specialist'), 'tester')
    assert.equal(patch(text, { due: '2027-01-01' }), text.replace('2026-12-04', '2027-01-01'))
  })
})

/** A task with `line` in its front matter. */
function labelled(line: string): string {
  return `---\nstatus: review\n${line}\nid: t-7k2m9xqd\n---\n# A\n`
}

describe('labels that people write with a `#`', () => {
  test('words behind `#` are labels, where YAML would see a comment', () => {
    const cases: readonly (readonly [line: string, expected: readonly string[]])[] = [
      ['labels: #auth', ['auth']],
      ['labels: #ui #perf  ', ['ui', 'perf']],
      ['labels: #ui, #front-end', ['ui', 'front-end']],
      ['tags: #a', ['a']],
      ['labels:\t#über/cool', ['über/cool']],
    ]
    for (const [line, expected] of cases) {
      const text = labelled(line)
      assert.deepEqual(value(read(text), 'labels'), expected, line)
      assert.equal(patch(text, { labels: expected, status: 'review' }), text)
      assert.equal(patch(text, { status: 'blocked' }), text.replace('review', 'blocked'))
    }
  })

  test('a `#` before a blank, behind a value, or for another field stays a comment', () => {
    const cases = ['labels:   # none yet', 'labels: #ui # later', 'labels: #', 'labels: ## x']
    for (const line of cases) assert.deepEqual(value(read(labelled(line)), 'labels'), [], line)
    assert.deepEqual(value(read(labelled('labels: [a] #b')), 'labels'), ['a'])
    assert.deepEqual(value(read(labelled('labels: #b\n  - a')), 'labels'), ['a'])
    assert.equal(value(read(labelled('assignee: #bob')), 'assignee'), null)
    assert.equal(value(read(labelled('mine: #x')), 'mine'), null)
  })

  test('an item `- #auth` is a label too, and keeps its line', () => {
    for (const items of [
      '  - #auth\n  - ui',
      '- ui\n- #auth',
      '  # all\n  - #auth  \n  # x\n  - ui',
    ]) {
      const text = labelled(`labels:\n${items}`)
      const found = value(read(text), 'labels')
      assert.deepEqual(new Set(found as readonly string[]), new Set(['auth', 'ui']), items)
      assert.equal(patch(text, { labels: found }), text)
      assert.equal(patch(text, { labels: ['auth'] }).includes('- #auth'), true)
      const more = patch(text, { labels: [...(found as readonly string[]), 'new'] })
      assert.deepEqual(more.replace(/ *- new\n/, ''), text)
    }
    assert.deepEqual(value(read(labelled('labels:\n  - #auth')), 'labels'), ['auth'])
    assert.deepEqual(value(read(labelled('labels:\n  - # none\n  - ui')), 'labels'), ['ui'])
  })

  test('a change makes them a list that YAML reads, and touches their line alone', () => {
    const text = labelled('labels: #ui #perf')
    const list = labelled('labels:\n  - ui\n  - "#new"')
    assert.equal(patch(text, { labels: ['ui', '#new'] }), list)
    assert.equal(patch(text, { labels: [] }), labelled('labels:').replace('labels:\n', ''))
    assert.equal(patch(text, { labels: ['ui'] }).includes('perf'), false)
    const kept = labelled('labels:   # none yet')
    assert.equal(patch(kept, { labels: ['ui'] }).includes('# none yet'), true)
  })
})

describe('H58 values that YAML is tempted to retype', () => {
  test('H58 texts stay texts, and one bad value hides nothing else', () => {
    const cases: readonly (readonly [source: string, expected: FieldValue])[] = [
      ['no', 'no'],
      ['1.10', '1.10'],
      ['007', '007'],
      ['2026-01-01', '2026-01-01'],
      ['null', null],
      ['~', null],
      ['"null"', 'null'],
      ['@bob', '@bob'],
      ['[@bob]', '@bob'],
      ['Fix: the bug', 'Fix: the bug'],
      ['`x` and "y"', '`x` and "y"'],
    ]
    for (const [source, expected] of cases) {
      const text = LOGIN.replace("'alice'", source).replace('2026-12-04', 'soon')
      const reading = read(text)
      assert.equal(value(reading, 'assignee'), expected, source)
      assert.equal(place(reading, 'due')?.kind, 'invalid')
      assert.equal(value(reading, 'title'), 'Fix login')
      const after = patch(text, { assignee: 'x' })
      assert.equal(patch(after, { assignee: expected === null ? 'y' : expected }).length > 0, true)
    }
  })

  test('H58 such texts round-trip through the front matter', () => {
    for (const text of [
      'no',
      '1.10',
      '007',
      '2026-01-01',
      'null',
      '~',
      '@bob',
      '[@bob]',
      'a: b',
      '- x',
    ]) {
      assert.equal(value(read(patch(LOGIN, { assignee: text })), 'assignee'), text)
      assert.deepEqual(value(read(patch(LOGIN, { labels: [text, 'b'] })), 'labels'), [text, 'b'])
    }
  })
})

describe('H59 front matter that is being written', () => {
  test('H59 a half-typed key changes nothing, and is reported with its line', () => {
    const reading = edit(LOGIN.replace('due: 2026-12-04', 'due'))
    assert.equal(place(reading, 'due')?.kind, 'held')
    assert.equal(value(reading, 'status'), 'in_progress')
    assert.ok(reading.diagnostics.some(({ code, line }) => code === 'invalid' && line === 6))
  })

  test('H59 a lost opener or closer holds, and no second block is written', () => {
    const cases = [
      LOGIN.slice(4),
      LOGIN.replace('  - "ui"\n---\n', '  - "ui"\n'),
      '---\nstatus: done\n',
    ]
    for (const text of cases) {
      const reading = edit(text)
      assert.ok(codes(reading).includes('fm-unclosed'), text)
      for (const [name, found] of reading.fields) {
        if (found.kind === 'value') assert.deepEqual(found.value, values(LOGIN).get(name))
      }
      assert.deepEqual(refusal(text, { specialist: 'qa' }), ['specialist'])
      const outcome = patchDocument(TASK, text, new Map(), CONTEXT, {
        id: 't-9hd4vkaa' as EntityId,
      })
      assert.equal(outcome.kind, 'refused')
    }
  })

  test('H59 a closer that was lost is not found again further down', () => {
    const text =
      '---\nstatus: done\nid: t-7k2m9xqd\n\n# Fix login\n\n## Notes\n\nkey: value\n\n---\n'
    assert.ok(codes(read(text)).includes('fm-unclosed'))
    assert.equal(place(read(text), 'status')?.kind, 'held')
  })

  test('H59 legal YAML of a shape that is not read is held, and nothing is put above it', () => {
    const id = 't-9hd4vkaa' as EntityId
    for (const head of [
      '? status\n: done',
      '{status: done}',
      '- status',
      '  status: done',
      '%YAML',
    ]) {
      const text = `---\n${head}\n---\n\n# Fix login\n\nWords.\n`
      for (const reading of [read(text), edit(text)]) {
        assert.equal(reading.damaged, true, head)
        assert.ok(
          reading.diagnostics.some(({ code, line }) => code === 'fm-unclosed' && line === 2),
        )
        assert.equal(place(reading, 'status')?.kind, 'held')
      }
      assert.equal(place(read(text), 'title')?.kind, 'held')
      assert.deepEqual(refusal(text, { status: 'review' }), ['status'])
      assert.equal(patchDocument(TASK, text, new Map(), CONTEXT, { id }).kind, 'refused')
    }
  })

  test('H59 H52 damage shows without a base', () => {
    const whole = '---\nstatus: done\n---\n\n# A\n'
    const damaged = [
      whole.replace('done\n---', 'done\n...'),
      whole.replace('done\n---', 'done'),
      whole.slice(4),
      '---\n',
      `${whole}\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n`,
      whole.replace('status', '<<<<<<< ours\nstatus'),
    ]
    for (const text of damaged) {
      assert.equal(read(text).damaged, true, text)
      for (const { kind } of read(text).fields.values()) assert.equal(kind, 'held', text)
    }
    for (const text of [whole, '', '# A\n', `${whole}\n\`\`\`\n`]) {
      assert.equal(read(text).damaged, false, text)
    }
  })

  test('H59 damage shows against a base, whether or not a value changed', () => {
    const cut = LOGIN.slice(0, LOGIN.indexOf('## Notes'))
    for (const text of ['', cut, LOGIN.slice(4), LOGIN.replace('"ui"\n---', '"ui"')]) {
      assert.equal(edit(text).damaged, true, text)
    }
    const bare = '---\nid: t-7k2m9xqd\n---\n\n# A\n'
    assert.equal(edit(bare.replace('d\n---', 'd'), bare).damaged, true)
    for (const text of [
      LOGIN,
      LOGIN.replace('alice', 'bob'),
      LOGIN.replace('due: 2026-12-04\n', ''),
    ]) {
      assert.equal(edit(text).damaged, false, text)
    }
    const about = LOGIN.replace('Safari drops', '<<<<<<< is what git writes.\nSafari drops')
    assert.equal(edit(about, about).damaged, false)
  })

  test('H59 `title: |` set to nothing swallows no neighbour', () => {
    const text = LOGIN.replace("assignee: 'alice'", 'assignee: |\n  alice\n  and bob')
    assert.equal(value(read(text), 'assignee'), 'alice\nand bob')
    assert.equal(patch(text, { assignee: null }), LOGIN.replace("assignee: 'alice'\n", ''))
  })
})

describe('H60 lines that look like fences of front matter', () => {
  test('H60 `---` and key lines in the body are text', () => {
    const body = 'one\n\n---\n\nstatus: completed\n\n---\n\ntwo'
    const text = patch(LOGIN, { description: body })
    assert.equal(value(read(text), 'description'), body)
    assert.equal(value(read(text), 'status'), 'in_progress')
  })

  test('H60 a rule has to stand below the first line; there it may be broken front matter', () => {
    const text = '---\n\nSome words.\n\n---\n'
    assert.equal(read(text).damaged, true)
    assert.match(read(text).diagnostics[0]?.hint ?? '', /blank line above/)
    assert.deepEqual(refusal(text, { status: 'review' }), ['status'])
    const below = `\n${text}`
    assert.deepEqual(codes(read(below)), [])
    assert.equal(patch(below, { status: 'review' }), `---\nstatus: review\n---\n${below}`)
  })
})

describe('H61 fields that cannot be read', () => {
  test('H61 a bad value refuses only its field, and is never written over', () => {
    const text = LOGIN.replace('in_progress', 'almost')
    const reading = edit(text)
    assert.deepEqual(place(reading, 'status'), { kind: 'invalid', raw: 'almost', line: 2 })
    assert.equal(value(reading, 'priority'), 'high')
    const [note] = reading.diagnostics
    assert.match(note?.hint ?? '', /pending, in_progress, blocked/)
    assert.deepEqual(refusal(text, { status: 'completed', priority: 'low' }), ['status'])
  })

  test('H61 of two equal keys one is enough; of two different ones neither is taken', () => {
    const twice = LOGIN.replace('sprint:', 'Due: 2026-12-04\nsprint:')
    assert.equal(value(read(twice), 'due'), '2026-12-04')
    assert.deepEqual(codes(read(twice)), ['dup-key'])
    const differ = LOGIN.replace('sprint:', 'deadline: 2027-01-01\nsprint:')
    assert.equal(place(read(differ), 'due')?.kind, 'invalid')
    assert.deepEqual(refusal(differ, { due: '2028-01-01' }), ['due'])
  })

  test('H61 a nested map, an anchor or a tag is no value of a field', () => {
    for (const source of ['{a: 1}', '&x bob', '!!str bob', '*x']) {
      const reading = read(LOGIN.replace("'alice'", source))
      const found = place(reading, 'assignee')
      assert.ok(found?.kind === 'invalid' || codes(reading).includes('fm-plain'), source)
    }
  })
})

describe('H74 ids that people touch', () => {
  test('H74 an id that was edited, emptied, doubled or removed is read as it stands', () => {
    assert.equal(read(LOGIN).id, TASK_ID)
    assert.equal(edit(LOGIN.replace('t-7k2m9xqd', 't-9hd4vkaa')).id, 't-9hd4vkaa')
    assert.equal(edit(LOGIN.replace('id: t-7k2m9xqd\n', '')).id, null)
    const broken = edit(LOGIN.replace('t-7k2m9xqd', 'my-own'))
    assert.equal(broken.id, null)
    assert.ok(broken.diagnostics.some(({ field, line }) => field === 'id' && line === 3))
    assert.equal(read(LOGIN.replace('due:', 'id: t-9hd4vkaa\ndue:')).id, null)
  })

  test('H74 the id is the key `id` to the letter; what folds to it is a key of one’s own', () => {
    for (const key of ['ID', 'Id', 'id_', '_id', 'i d', '"ID"']) {
      const text = LOGIN.replace('sprint: "12"', `${key}: JIRA-123`)
      assert.equal(read(text).id, TASK_ID, key)
      assert.deepEqual(codes(read(text)), [], key)
      assert.equal(value(read(text), key.replaceAll('"', '')), 'JIRA-123')
      const id = 't-9hd4vkaa' as EntityId
      for (const before of [text, text.replace('id: t-7k2m9xqd\n', '')]) {
        const outcome = patchDocument(TASK, before, new Map(), CONTEXT, { id })
        assert.equal(outcome.kind === 'patched' && outcome.text, text.replace(TASK_ID, id))
      }
    }
    for (const key of ['"id"', "'id'", 'id ']) {
      assert.equal(read(LOGIN.replace('\nid:', `\n${key}:`)).id, TASK_ID, key)
    }
    const printed = printDocument(TASK, TASK_ID, new Map([['ID', 'JIRA-123']]), CONTEXT)
    assert.equal(value(read(printed), 'ID'), 'JIRA-123')
  })

  test('H74 a new id takes one line', () => {
    const id = 't-9hd4vkaa' as EntityId
    const give = (text: string): string => {
      const outcome = patchDocument(TASK, text, new Map(), CONTEXT, { id })
      return outcome.kind === 'patched' ? outcome.text : 'refused'
    }
    assert.equal(give(LOGIN), LOGIN.replace('t-7k2m9xqd', id))
    assert.equal(give('# Fix login\n'), `---\nid: ${id}\n---\n\n# Fix login\n`)
    assert.equal(give('\uFEFF# A\r\n'), `\uFEFF---\r\nid: ${id}\r\n---\r\n\r\n# A\r\n`)
    assert.equal(
      give('---\nstatus: done\ntags: x\n---\n'),
      `---\nstatus: done\nid: ${id}\ntags: x\n---\n`,
    )
    assert.equal(give(''), `---\nid: ${id}\n---\n`)
  })
})

describe('H108 code in documents', () => {
  test('H108 `---js` is no front matter and template code is text', () => {
    const text = '---js\nid: "t-7k2m9xqd"\n---\n\n# {{ 1 | plus: 1 }}\n\n<% x %> ${y}\n'
    const reading = read(text)
    assert.equal(reading.id, null)
    assert.equal(value(reading, 'title'), '{{ 1 | plus: 1 }}')
  })
})

describe('H109 bombs', () => {
  test('H109 aliases, deep brackets and special names stay harmless', () => {
    const bomb = 'a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]'
    const deep = `deep: ${'['.repeat(5000)}`
    const indented = `tree:\n${Array.from({ length: 1000 }, (_, n) => `${' '.repeat(n + 1)}k:\n`).join('')}`
    const marks = `marks:\n  ${'- '.repeat(5000)}x`
    for (const source of [bomb, deep, indented.trimEnd(), marks, '__proto__: x\nconstructor: y']) {
      const text = LOGIN.replace('sprint: "12"', source)
      const reading = read(text)
      assert.equal(value(reading, 'status'), 'in_progress', source.slice(0, 20))
      assert.equal(patch(text, { status: 'review' }), text.replace('in_progress', 'review'))
    }
    assert.equal(value(read(LOGIN.replace('sprint', '__proto__')), '__proto__'), '12')
  })

  test('H109 texts that trap regular expressions are read in bounded time', () => {
    for (const trap of [
      ' '.repeat(200_000),
      '#'.repeat(200_000),
      '*'.repeat(100_000),
      '(['.repeat(50_000),
    ]) {
      const text = `${LOGIN}${trap}x\n- ${trap}\n# ${trap}\nk: ${trap}\n`
      assert.equal(value(read(text), 'title'), 'Fix login')
      assert.equal(read(`---\n${trap}: x\nid: ${trap}\nstatus: ${trap}\n---\n`).id, null)
      value(read(patch(LOGIN, { title: `x${trap}x`, assignee: trap })), 'title')
    }
  })
})
