import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { readSnippet } from '../../src/tasks/search-project.ts'
import { json, project, run } from './command-line.ts'

async function filled(context: TestContext): Promise<string> {
  const directory = await project(context)
  await json(directory, 'task', 'add', 'Fix login', '-d', 'Deep links lose the cookie.')
  await json(directory, 'task', 'add', 'Bake', '-d', 'Every cookie is round.')
  await json(directory, 'note', 'add', 'Decisions', '--text', 'The cookie is SameSite=Lax.')
  return directory
}

test('search tells what was found, where, and which words of it are hits', async (context) => {
  const directory = await filled(context)
  const { items, total } = await json(directory, 'search', 'login', 'cook')
  assert.equal(total, 1)
  const [hit] = items
  assert.equal(hit.title, 'Fix login')
  assert.equal(hit.snippet, 'Deep links lose the cookie')
  const words = hit.hits.map(([from, to]: [number, number]) => hit.snippet.slice(from, to))
  assert.deepEqual(words, ['cookie'])
  const { stdout } = await run(directory, 'search', 'login', 'cook')
  assert.equal(stdout, `${hit.id} Fix login (pending)\n  ${hit.snippet}\n  ${hit.path}\n`)
})

test('search looks only at the kinds that are asked for, and says what it left out', async (context) => {
  const directory = await filled(context)
  assert.equal((await json(directory, 'search', 'cookie')).total, 3)
  const notes = await json(directory, 'search', 'cookie', '--kind', 'notes')
  assert.deepEqual(
    notes.items.map((item: { title: string }) => item.title),
    ['Decisions'],
  )
  const one = await run(directory, 'search', 'cookie', '--limit', '1')
  assert.match(one.stderr, /^2 more: --limit 3\n/)
  const wrong = await run(directory, 'search', 'cookie', '--kind', 'file')
  assert.equal(wrong.code, 2)
  assert.match(wrong.stderr, /valid: session, group, task, note/)
})

test('a query is words and never syntax', async (context) => {
  const directory = await filled(context)
  for (const query of ['!!!', '"', 'a" OR "b', 'NEAR(', '*', "'; --", '\u0000\u2068', '(']) {
    const { code, stdout } = await run(directory, 'search', '--', query)
    assert.equal(code, 0, query)
    assert.equal(stdout, '', query)
  }
  assert.equal((await run(directory, 'search', ' ')).code, 2)
})

test('nothing found is told with what was searched, and with near titles', async (context) => {
  const directory = await filled(context)
  const { code, stdout, stderr } = await run(directory, 'search', 'logni')
  assert.equal(code, 0)
  assert.equal(stdout, '')
  assert.match(
    stderr,
    /nothing found for `logni` in titles and documents of sessions, groups, tasks/,
  )
  assert.match(stderr, /near titles:\n {2}t-\w+ Fix login\n/)
  await json(directory, 'task', 'add', 'Party 🎉')
  const { near } = await json(directory, 'search', '🎉')
  assert.equal(near[0].title, 'Party 🎉')
})

test('a snippet is told from the title that it begins with', () => {
  const marked = 'Fix \u2068login\u2069 The \u2068login\u2069 page'
  assert.deepEqual(readSnippet(marked, 'Fix login'), {
    titleHits: [[4, 9]],
    snippet: 'The login page',
    hits: [[4, 9]],
  })
  assert.deepEqual(readSnippet('… \u2068a\u2069 b', 'Other'), {
    titleHits: [],
    snippet: '… a b',
    hits: [[2, 3]],
  })
  assert.equal(readSnippet('Fix \u2068login\u2069', 'Fix login').snippet, '')
})
