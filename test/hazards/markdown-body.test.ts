import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { printDocument } from '../../src/lens/print.ts'
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

describe('H11 bytes outside the edited spans', () => {
  test('H11 a BOM, CRLF, a missing final newline, trailing blanks and tabs stay', () => {
    const text = `\uFEFF${LOGIN.replaceAll('\n', '\r\n').replace('auth #', 'auth\t#').slice(0, -2)}`
    const spaced = text.replace('# Fix login', '# Fix login  ')
    const after = patch(spaced, { status: 'completed', title: 'Mend login' })
    const expected = spaced
      .replace('in_progress', 'completed')
      .replace('# Fix login', '# Mend login')
    assert.equal(after, expected)
  })

  test('H11 new lines take the line ending of the file', () => {
    for (const eol of ['\r\n', '\r']) {
      const text = LOGIN.replaceAll('\n', eol)
      const after = patch(text, {
        plan: 'one\n\ntwo',
        specialist: 'qa',
        labels: ['auth', 'ui', 'x'],
      })
      assert.equal(after.replaceAll(eol, '').includes('\n'), false)
      assert.equal(value(read(after), 'plan'), 'one\n\ntwo')
    }
  })

  test('H11 a lost final newline alone is no reason to wait', () => {
    const reading = edit(LOGIN.slice(0, -1))
    assert.equal(value(reading, 'notes'), 'Safari drops the cookie.')
    assert.deepEqual(codes(reading), [])
  })
})

describe('H62 headings that people touch', () => {
  test('H62 a renamed section waits and is named', () => {
    const reading = edit(LOGIN.replace('## Notes', '## Remarks'))
    assert.equal(place(reading, 'notes')?.kind, 'held')
    assert.ok(codes(reading).includes('renamed?'))
    assert.deepEqual(value(reading, 'criteria'), values(LOGIN).get('criteria'))
  })

  test('H62 a deleted heading does not add its text to the section above at once', () => {
    const planned = patch(LOGIN, { plan: 'First this.' })
    const reading = edit(planned.replace('## Notes\n\n', ''), planned)
    assert.deepEqual(
      [place(reading, 'plan')?.kind, place(reading, 'notes')?.kind],
      ['held', 'held'],
    )
  })

  test('H62 a section removed with its text is cleared, the others are not', () => {
    const planned = patch(LOGIN, { plan: 'First this.' })
    const reading = edit(planned.replace('## Plan\n\nFirst this.\n\n', ''), planned)
    assert.deepEqual(place(reading, 'plan'), {
      kind: 'value',
      value: null,
      line: null,
      cleared: true,
    })
    assert.equal(value(reading, 'notes'), 'Safari drops the cookie.')
  })

  test('H62 a doubled section is reported; its text stays and is no value', () => {
    const text = `${LOGIN}\n## Notes\n\nSecond.\n`
    const reading = edit(text)
    assert.deepEqual(codes(reading), ['dup-section'])
    assert.equal(value(reading, 'notes'), 'Safari drops the cookie.')
    assert.ok(patch(text, { notes: 'new' }).endsWith('## Notes\n\nnew\n\n## Notes\n\nSecond.\n'))
  })

  test('H62 a section at another level, in another order or decorated is found', () => {
    for (const heading of [
      '### Notes',
      '## 📝 **Notes**:',
      '## NOTES',
      '# Notes',
      'Notes\n-----',
    ]) {
      assert.equal(
        value(read(LOGIN.replace('## Notes', heading)), 'notes'),
        'Safari drops the cookie.',
      )
    }
    const [head = '', criteria = '', notes = ''] = LOGIN.split(/^(?=## )/m)
    const swapped = `${head}${notes}\n${criteria}`
    assert.deepEqual(new Map(values(swapped)), new Map(values(LOGIN)))
  })

  test('H62 a heading that no template names is part of the text', () => {
    const body = 'Intro.\n\n## Steps\n\n1. one\n\n# Two\n\nEnd.'
    const text = patch(LOGIN, { description: body })
    assert.equal(value(read(text), 'description'), body)
    assert.ok(!text.includes('dx:'))
  })

  test('H62 a mark that lost its partner holds its field and refuses to be doubled', () => {
    const guarded = patch(LOGIN, { description: 'x\n\n## Notes\n\ny' })
    assert.ok(guarded.includes('<!-- dx:description -->'))
    const text = guarded.replace('<!-- /dx:description -->\n', '')
    const reading = edit(text, guarded)
    assert.ok(codes(reading).includes('stray-region'))
    assert.equal(place(reading, 'description')?.kind, 'held')
    assert.deepEqual(refusal(text, { description: 'z' }), ['description'])
  })
})

describe('H65 characters that no store holds', () => {
  test('H65 NUL and lone surrogates read and print as the replacement character', () => {
    const text = LOGIN.replace('Deep links', 'D\0ep \uD800 links')
    assert.equal(value(read(text), 'description'), 'D\uFFFDep \uFFFD links lose `next`.')
    const printed = printDocument(TASK, TASK_ID, new Map([['title', 'a\0b\uDC00']]), CONTEXT)
    assert.equal(value(read(printed), 'title'), 'a\uFFFDb\uFFFD')
  })
})

describe('H66 large and deep documents', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['10 MB of prose', LOGIN + 'word word word\n'.repeat(700_000)],
    ['a line of 1 MB', LOGIN + '- [ ] '.repeat(170_000)],
    ['100,000 headings', LOGIN + '## Notes\n\n## Other\n'.repeat(50_000)],
    [
      'deep nesting',
      LOGIN + Array.from({ length: 1500 }, (_, n) => `${'  '.repeat(n)}- x\n`).join(''),
    ],
    ['deep quotes', `${LOGIN}\n${'> '.repeat(20_000)}x\n`],
    ['unmatched marks', LOGIN + '<!-- dx:notes -->\n'.repeat(50_000)],
    ['unmatched brackets', LOGIN + '[a\n'.repeat(50_000)],
    ['blank lines', LOGIN + '\n'.repeat(500_000) + 'x'],
  ]
  for (const [name, text] of cases) {
    test(`H66 ${name} is read in bounded time`, () => {
      assert.equal(value(read(text), 'title'), 'Fix login')
      assert.equal(value(read(patch(text, { status: 'review' })), 'status'), 'review')
    })
  }
})

describe('H69 files that are empty or cut', () => {
  test('H69 no bytes and blank bytes clear nothing', () => {
    for (const text of ['', '\n', ' \n\t\n', '\uFEFF']) {
      const reading = edit(text)
      for (const name of values(LOGIN).keys()) {
        const found = place(reading, name)
        assert.ok(found?.kind === 'held' && found.release === 'new-save', name)
      }
      assert.ok(codes(reading).includes('held'))
    }
  })

  test('H69 a stray fence does not delete what it swallows', () => {
    const reading = edit(LOGIN.replace('- [x] Rep', '```\n- [x] Rep'))
    assert.equal(place(reading, 'criteria')?.kind, 'held')
    assert.equal(place(reading, 'notes')?.kind, 'held')
    assert.ok(codes(reading).includes('unclosed'))
  })
})

describe('H70 values made of our own marks', () => {
  const hard = [
    '$1',
    '$&',
    '{{title}}',
    '`x',
    '-->',
    '<!-- dx:notes -->',
    '<!-- /dx:plan -->',
    '\\',
    '&#35;',
    '# x #',
  ]
  test('H70 they are literal everywhere and round-trip', () => {
    for (const text of hard) {
      const changes = { title: text, assignee: text, description: text, notes: `${text}\n${text}` }
      const criteria = [{ text, done: true }]
      const reading = read(patch(LOGIN, { ...changes, criteria, labels: [text] }))
      for (const [name, wanted] of Object.entries(changes))
        assert.equal(value(reading, name), wanted)
      assert.deepEqual(value(reading, 'criteria'), criteria)
      assert.deepEqual(value(reading, 'labels'), [text])
    }
  })
})

describe('H71 lines that look like headings', () => {
  test('H71 in code, HTML, lists and quotes they are none', () => {
    const body =
      '```\n## Notes\n```\n\n<!--\n## Notes\n-->\n\n- ## Notes\n\n> ## Notes\n\n    ## Notes'
    const text = LOGIN.replace('Deep links lose `next`.', body)
    assert.equal(value(read(text), 'description'), body)
    assert.equal(value(read(text), 'notes'), 'Safari drops the cookie.')
    assert.equal(value(read(patch(LOGIN, { plan: body })), 'plan'), body)
  })
})

describe('H52 conflict markers', () => {
  test('H52 nothing is read from a file in which git left them, and nothing is written', () => {
    const text = LOGIN.replace(
      'status: in_progress\n',
      '<<<<<<< HEAD\nstatus: done\n=======\nstatus: review\n>>>>>>> b\n',
    )
    const reading = edit(text)
    assert.ok(codes(reading).includes('conflict-markers'))
    for (const found of reading.fields.values()) assert.equal(found.kind, 'held')
    const body = LOGIN.replace('Safari drops', '<<<<<<< HEAD\nSafari drops')
    for (const found of edit(body).fields.values()) assert.equal(found.kind, 'held')
    assert.deepEqual(refusal(body, { status: 'review' }), ['status'])
  })
})
