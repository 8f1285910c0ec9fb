import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { edit, json, project, run, runIn } from './command-line.ts'

test('a note is a file named after its title, in the session that is asked for', async (context) => {
  const directory = await project(context)
  const note = await json(directory, 'note', 'add', 'Über uns!', '--text', 'Who we are.')
  assert.equal(note.path, '.task_orchestrator/sessions/main/notes/uber-uns.md')
  assert.match(readFileSync(join(directory, note.path), 'utf8'), /\n# Über uns!\n\nWho we are\.\n$/)
  await json(directory, 'session', 'create', 'Other', '--no-use')
  const other = await json(directory, 'note', 'add', 'Über uns!', '--session', 'other')
  assert.equal(other.path, '.task_orchestrator/sessions/other/notes/uber-uns.md')
  const { items, total } = await json(directory, 'note', 'list', '--session', 'other')
  assert.equal(total, 1)
  assert.equal(items[0].id, other.id)
})

test('titles that make one file name, or none, get files of their own that stay', async (context) => {
  const directory = await project(context)
  for (const title of ['C++', 'C#', '🎉', '🎊']) await json(directory, 'note', 'add', title)
  await json(directory, 'sync')
  const { items } = await json(directory, 'note', 'list')
  const kinds = items.map((item: { note_kind: string }) => item.note_kind)
  assert.deepEqual(kinds, ['c', 'c-2', 'note', 'note-2'])
  assert.match((await run(directory, 'status')).stdout, /both panels are equal/)
})

test('a second note of one title is refused, and grows where that is asked for', async (context) => {
  const directory = await project(context)
  const note = await json(directory, 'note', 'add', 'Decisions', '--text', 'One.')
  const { code, stderr } = await run(directory, 'note', 'add', 'decisions', '--text', 'Two.')
  assert.equal(code, 1)
  assert.match(stderr, /already: n-\w+\n {2}try: diptych note append Decisions/)
  const grown = await json(directory, 'note', 'add', 'decisions', '--append', '--text', 'Two.')
  assert.equal(grown.id, note.id)
  assert.equal(grown.made, false)
  assert.equal(grown.body, 'One.\n\nTwo.')
})

test('appending leaves every byte that is there, of windows and of hand-made files too', async (context) => {
  const directory = await project(context)
  const note = await json(directory, 'note', 'add', 'Log', '--text', 'first')
  const file = join(directory, note.path)
  const made = readFileSync(file, 'utf8')
  const odd = made.replace('created:', 'Mood :  "fine"  # mine\ncreated:').replaceAll('\n', '\r\n')
  const before = `\ufeff${odd}* one\t \r\n\r\n`
  writeFileSync(file, before)
  const stdin = '- two\n\n    code\n'
  assert.equal((await runIn(directory, { stdin }, 'note', 'append', 'log', '-')).code, 0)
  assert.equal(
    readFileSync(file, 'utf8'),
    `${before.trimEnd()}\t \r\n- two\r\n\r\n    code\r\n\r\n`,
  )
  const open = 'No line break at the end'
  writeFileSync(file, `${made}${open}`)
  await json(directory, 'note', 'append', 'log', 'last')
  assert.equal(readFileSync(file, 'utf8'), `${made}${open}\n\nlast`)
})

test('text comes from the input as UTF-8, and nothing else is taken', async (context) => {
  const directory = await project(context)
  await runIn(directory, { stdin: 'from\r\na pipe ü\n\n' }, 'note', 'add', 'Piped', '-')
  assert.equal((await json(directory, 'note', 'show', 'piped')).body, 'from\na pipe ü')
  const latin = Uint8Array.of(0x66, 0xfc, 0x72)
  const refused = await runIn(directory, { stdin: latin }, 'note', 'append', 'piped', '-')
  assert.equal(refused.code, 2)
  assert.match(refused.stderr, /it is not UTF-8/)
  const empty = await runIn(directory, { stdin: ' \n\n' }, 'note', 'append', 'piped', '-')
  assert.match(empty.stderr, /^error\[usage\]: there is no text/)
  assert.equal((await json(directory, 'note', 'show', 'piped')).body, 'from\na pipe ü')
})

test('words in quotes are a note at once; a single word is not taken for one', async (context) => {
  const directory = await project(context)
  await json(directory, 'note', 'Ask about cookies')
  assert.equal((await json(directory, 'note', 'list')).items[0].title, 'Ask about cookies')
  const slip = await run(directory, 'note', 'lst')
  assert.equal(slip.code, 2)
  assert.match(slip.stderr, /diptych note list, or diptych note add lst/)
  const loose = await run(directory, 'note', 'buy', 'milk')
  assert.match(loose.stderr, /try: diptych note add 'buy milk'/)
  assert.match((await run(directory, 'note')).stderr, /needs a command/)
  assert.equal((await json(directory, 'note', 'list')).total, 1)
})

test('an argument that begins with a dash is told how it is given', async (context) => {
  const directory = await project(context)
  await json(directory, 'note', 'add', 'Log')
  const { stderr } = await run(directory, 'note', 'append', 'log', '- item')
  assert.match(stderr, /try: put -- before/)
  assert.equal((await run(directory, 'note', 'append', '--', 'log', '- item')).code, 0)
  const { body } = await json(directory, 'note', 'show', 'log')
  assert.equal(body, '- item')
})

test('a note goes to the trash and comes back with its bytes', async (context) => {
  const directory = await project(context)
  const note = await json(directory, 'note', 'add', 'Decisions', '--text', 'One.')
  const file = join(directory, note.path)
  const bytes = readFileSync(file, 'utf8')
  await json(directory, 'note', 'rm', 'decisions')
  const gone = await run(directory, 'note', 'show', 'decisions')
  assert.equal(gone.code, 3)
  await json(directory, 'restore', 'decisions')
  assert.equal(readFileSync(file, 'utf8'), bytes)
})

test('the file of a note follows its kind and its session, and that of a group its session', async (context) => {
  const directory = await project(context)
  await json(directory, 'session', 'create', 'Second', '--status', 'active', '--no-use')
  await json(directory, 'group', 'add', 'Backend')
  await json(directory, 'note', 'add', 'Decisions', '--text', 'Redis.')
  const note = ['note', 'edit', 'decisions', '--set', 'kind=Team rules', '--set', 'session=second']
  const moved = await json(directory, ...note)
  const sessions = '.task_orchestrator/sessions'
  assert.equal(moved.path, `${sessions}/second/notes/team-rules.md`)
  assert.equal(moved.note_kind, 'team-rules')
  const group = await json(directory, 'group', 'edit', 'backend', '--session', 'second')
  assert.equal(group.path, `${sessions}/second/groups/backend.md`)
  edit(join(directory, group.path), '# Backend', '# Server')
  const after = await json(directory, 'group', 'show', 'server')
  assert.equal(after.session, moved.session)
  edit(join(directory, moved.path), 'Redis.', 'Postgres.')
  const shown = await json(directory, 'note', 'show', 'decisions')
  assert.deepEqual([shown.note_kind, shown.body], ['team-rules', 'Postgres.'])
})
