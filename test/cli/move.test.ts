import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { json, project, run, type Json } from './command-line.ts'

/** Two groups; `One`, `Two` with its part `Half`, and `Three` in the first, in this order. */
async function filled(context: TestContext): Promise<string> {
  const directory = await project(context)
  await json(directory, 'group', 'add', 'Backend')
  await json(directory, 'group', 'add', 'Frontend')
  for (const title of ['One', 'Two', 'Three']) {
    await json(directory, 'task', 'add', title, '-g', 'backend')
  }
  await json(directory, 'task', 'add', 'Half', '--parent', 'Two')
  return directory
}

/** The board file as titles, indented below their headings. */
function board(directory: string, session = 'main'): string {
  const path = join(directory, '.task_orchestrator/sessions', session, 'board.md')
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /^ *- |^## /.test(line))
    .map((line) =>
      line.replace(/^( *)- \[.\] \[(.*?)\].*/, '$1$2').replace(/^## \[?(\w+).*/, '#$1'),
    )
    .join('|')
}

test('a task goes to another group with those of its parts that stood in the same', async (context) => {
  const directory = await filled(context)
  const moved = await json(directory, 'task', 'move', 'two', 'frontend')
  assert.equal(moved.along.length, 1)
  assert.equal(board(directory), '#Backend|One|Three|#Frontend|Two|  Half|#No')
  await json(directory, 'task', 'move', 'half', 'none')
  const again = await json(directory, 'task', 'move', 'two', '--group', 'backend')
  assert.deepEqual(again.along, [])
  assert.equal(board(directory), '#Backend|One|Two|Three|#Frontend|#No|Half')
})

test('a task is put before, behind, first, last and at a place among its siblings', async (context) => {
  const directory = await filled(context)
  const order = async (...argv: readonly string[]): Promise<string> => {
    await json(directory, 'task', 'move', ...argv)
    return board(directory).replace(/\|#Frontend.*/, '')
  }
  assert.equal(await order('three', '--before', 'two'), '#Backend|One|Three|Two|  Half')
  assert.equal(await order('one', '--after', 'three'), '#Backend|Three|One|Two|  Half')
  assert.equal(await order('two', '--first'), '#Backend|Two|  Half|Three|One')
  assert.equal(await order('two', '--last'), '#Backend|Three|One|Two|  Half')
  assert.equal(await order('two', '--position', '2'), '#Backend|Three|Two|  Half|One')
  const same = await json(directory, 'task', 'move', 'two', '--position', '2')
  assert.deepEqual([same.changed, same.reordered], [[], []])
})

test('a task that is put beside another one goes to its group and parent', async (context) => {
  const directory = await filled(context)
  await json(directory, 'task', 'move', 'one', 'frontend')
  const moved = await json(directory, 'task', 'move', 'one', '--before', 'half')
  assert.equal(board(directory), '#Backend|Two|  One|  Half|Three|#Frontend|#No')
  assert.deepEqual(moved.changed, ['group', 'parent'])
  const wrong = await run(directory, 'task', 'move', 'three', 'frontend', '--before', 'half')
  assert.equal(wrong.code, 2)
  assert.match(wrong.stderr, /does not stand where the task is to go/)
})

test('a task becomes a part and its own again; a cycle is refused with its path', async (context) => {
  const directory = await filled(context)
  await json(directory, 'task', 'move', 'three', '--parent', 'half')
  assert.equal(board(directory), '#Backend|One|Two|  Half|    Three|#Frontend|#No')
  const before = board(directory)
  const cycle = await run(directory, 'task', 'move', 'two', '--parent', 'three')
  assert.equal(cycle.code, 1)
  const path = /t-\w+ Two → t-\w+ Three → t-\w+ Half → t-\w+ Two\n/
  assert.match(cycle.stderr, path)
  const self = await run(directory, 'task', 'move', 'two', '--parent', 'two')
  assert.equal(self.code, 1)
  assert.equal(board(directory), before)
  await json(directory, 'task', 'move', 'three', '--parent', 'none')
  assert.equal(board(directory), '#Backend|One|Two|  Half|Three|#Frontend|#No')
})

test('a task goes to another session with all its parts, and leaves its group', async (context) => {
  const directory = await filled(context)
  await json(directory, 'session', 'create', 'Later', '--no-use')
  await json(directory, 'task', 'move', 'half', 'frontend')
  const { code, stderr } = await run(directory, 'task', 'move', 'two', '--session', 'later')
  assert.equal(code, 0)
  assert.match(stderr, /it left its group g-\w+ \(Backend\), which is in another session/)
  assert.equal(board(directory), '#Backend|One|Three|#Frontend|#No')
  assert.equal(board(directory, 'later'), '#No|Two|  Half')
  const shown: Json = await json(directory, 'task', 'show', 'two')
  assert.match(shown.path, /sessions\/later\/tasks\//)
  assert.match((await run(directory, 'status')).stdout, /both panels are equal/)
  await json(directory, 'task', 'move', 'two', 'backend')
  assert.equal(board(directory), '#Backend|One|Two|  Half|Three|#Frontend|#No')
})

test('a move that says too little or too much is refused', async (context) => {
  const directory = await filled(context)
  for (const argv of [[], ['--first', '--last'], ['--position', '0']]) {
    assert.equal((await run(directory, 'task', 'move', 'two', ...argv)).code, 2, argv.join(' '))
  }
  const twice = await run(directory, 'task', 'move', 'two', 'backend', '-g', 'frontend')
  assert.match(twice.stderr, /^error\[not-found\]: no task answers to `backend`\n/)
  const itself = await run(directory, 'task', 'move', 'two', '--before', 'two')
  assert.match(itself.stderr, /cannot stand before itself/)
  const unknown = await run(directory, 'task', 'move', 'two', 'kitchen')
  assert.match(unknown.stderr, /valid: g-\w+ \w+end\n +g-\w+ \w+end\n/)
})

test('several tasks go together and stand in the order in which they are named', async (context) => {
  const directory = await project(context)
  await json(directory, 'group', 'add', 'Ops')
  for (const title of ['Apple', 'Banana', 'Cherry', 'Damson']) {
    await json(directory, 'task', 'add', title)
  }
  const order = async (...filter: string[]): Promise<string> =>
    (await json(directory, 'task', 'list', ...filter)).items
      .map((item: Json) => item.title)
      .filter((title: string) => /Apple|Banana|Cherry|Damson/.test(title))
      .join(' ')
  const place = await run(directory, 'task', 'move', 'damson', 'ops')
  assert.match(place.stdout, /^moved t-\w+ Damson\n.*\n {2}in Ops\n$/)
  const moved = await json(directory, 'task', 'move', 'damson', 'banana', 'ops')
  assert.equal(moved.items.length, 2)
  assert.equal(await order('--group', 'ops'), 'Banana Damson')
  await json(directory, 'task', 'move', 'damson', 'banana', '--group', 'ops', '--first')
  assert.equal(await order('--group', 'ops'), 'Damson Banana')
  await json(directory, 'task', 'move', 'cherry', 'apple', '-g', 'ops', '--after', 'damson')
  assert.equal(await order('--group', 'ops'), 'Damson Cherry Apple Banana')
})

test('a new group without a place takes an old position away', async (context) => {
  const directory = await filled(context)
  const first = await json(directory, 'task', 'move', 'three', '--first')
  assert.equal(first.position, 1)
  const moved = await json(directory, 'task', 'move', 'three', 'frontend')
  assert.deepEqual(moved.changed, ['group', 'position'])
  assert.equal(moved.position, null)
})
