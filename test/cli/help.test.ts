import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TOPICS } from '../../src/cli/help/topics.ts'
import { runnerFor } from '../../src/cli/program/define.ts'
import { defineProgram } from '../../src/cli/program/program.ts'
import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import { parseConfig } from '../../src/model/parse-config.ts'
import { parseDocument } from '../../src/lens/parse.ts'
import { CONTEXT, defaultTemplate } from '../properties/lens-worlds.ts'
import { run, temporaryDirectory } from './command-line.ts'

const OWN_KEYS = new Set(['customer'])
const SETTINGS = ['lists', 'hours_per_day']

const PROGRAM = defineProgram(
  runnerFor(
    () => assert.fail('nothing is run'),
    () => assert.fail('nothing answers'),
  ),
  '0.0.0',
  { writeOut: () => undefined, width: 100 },
)

test('every topic is shown, and a mistyped one leads to it', async (context) => {
  const directory = temporaryDirectory(context)
  for (const { name, text } of TOPICS) {
    const { code, stdout } = await run(directory, 'help', name)
    assert.deepEqual([code, stdout], [0, `${text}\n`])
    for (const line of text.split('\n'))
      assert.ok(line.length <= 110 || line.includes(': standard'))
  }
  const mistyped = await run(directory, 'help', 'fiels')
  assert.equal(mistyped.code, 2)
  assert.match(mistyped.stderr, /try: diptych help files/)
  const { stdout } = await run(directory, '--help')
  for (const { name, about } of TOPICS) assert.match(stdout, new RegExp(`  ${name} +${about}`))
})

test('every command that a topic names exists', () => {
  for (const { name: topic, text } of TOPICS) {
    for (const [whole, first, second] of text.matchAll(/diptych ([a-z]+)(?: ([a-z]+))?/g)) {
      const command = PROGRAM.commands.find((each) => each.name() === first)
      assert.ok(command !== undefined, `${topic}: ${whole}`)
      if (command.commands.length === 0) continue
      const known = command.commands.some((each) => each.name() === second)
      assert.ok(known, `${topic}: ${whole}`)
    }
  }
})

test('every field and every value that a topic shows can be read', () => {
  const task = defaultTemplate('task')
  const names = new Set(
    [...STANDARD_CATALOGUE.task.values()].flatMap(({ name, aliases }) => [name, ...aliases]),
  )
  let shown = 0
  for (const { name: topic, text } of TOPICS) {
    const inline = [...text.matchAll(/(?:`|\s{2,})([a-z_]+): ([^`\n]+?)(?=`|\s{2,}|\n|$)/g)]
    for (const [, key = '', value = ''] of inline) {
      if (OWN_KEYS.has(key) || value.includes(', ')) continue
      assert.ok(names.has(key), `${topic}: ${key}`)
      if (key === 'group') continue
      const typed = `---\n${key}: ${value}\n---\n\n# Sample\n`
      const found = parseDocument(task, typed, null, CONTEXT).diagnostics
      assert.deepEqual(found, [], `${topic}: ${key}: ${value}`)
      shown++
    }
    for (const [, key = ''] of text.matchAll(/the setting\s+`(\w+)`/g))
      assert.ok(SETTINGS.includes(key))
  }
  assert.ok(shown >= 5, `${shown} samples were found`)
  assert.deepEqual(parseConfig(SETTINGS.map((key) => `${key}:`).join('\n')).problems, [])
})

test('a group of commands alone shows its help, and mistakes lead to the nearest', async (context) => {
  const directory = temporaryDirectory(context)
  for (const group of ['task', 'group', 'session']) {
    const { code, stdout } = await run(directory, group)
    assert.equal(code, 0)
    assert.match(stdout, new RegExp(`^Usage: diptych ${group} `))
    assert.equal((await run(directory, group, '--json')).code, 2)
  }
  const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
    [['tsak'], /try: diptych task\n/],
    [['task', 'lst'], /try: diptych task list\n/],
    [['add', 'Fix login'], /try: diptych task add\n/],
    [['task', 'list', '--statsu', 'x'], /did you mean --status\?/],
    [['fmt', '--fields', 'stats'], /not-initialized/],
  ]
  for (const [argv, expected] of mistakes) {
    const { stdout, stderr } = await run(directory, ...argv)
    assert.equal(stdout, '')
    assert.match(stderr, expected)
  }
})
