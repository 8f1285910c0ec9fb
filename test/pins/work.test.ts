import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { run, runIn, temporaryDirectory, type Outcome } from '../cli/command-line.ts'
import { assertPinned, withoutChance } from './pin.ts'

/** Columns of the terminal that people see the answers on. */
const COLUMNS = 100

const HELP = [
  'next',
  'board',
  'search',
  'task move',
  'group rm',
  'note',
  'note add',
  'note list',
  'note show',
  'note append',
  'note edit',
  'note rm',
  'export',
]

/** What is there before the commands that are pinned. */
const FIXTURE: readonly (readonly string[])[] = [
  ['init', '--no-input'],
  ['group', 'add', 'Backend'],
  ['group', 'add', 'Frontend 🎨'],
  ['task', 'add', 'Rotate session keys', '-g', 'backend', '-p', 'urgent', '--due', '2020-01-02'],
  ['task', 'add', 'Fix login', '-g', 'backend', '-a', 'alice', '--depends-on', 'rotate'],
  ['task', 'add', 'Carry next through state', '--parent', 'login', '-d', 'Deep links lose it.'],
  ['task', 'add', '画面を直す', '-g', 'frontend', '-a', 'tester', '--set', 'customer=ACME'],
  [
    'task',
    'add',
    'Write down what was agreed on with everyone who was there at the time',
    '-p',
    'P3',
  ],
  ['task', 'start', '画面を直す'],
  ['task', 'start', 'carry'],
]

const SCRIPT: readonly (readonly string[])[] = [
  ['next'],
  ['next', '--limit', '1', '--assignee', 'tester'],
  ['next', '--all', '--limit', '1'],
  ['board'],
  ['board', '--by', 'status'],
  ['board', '--group', 'none', '--status', 'done'],
  ['board', '--by', 'colour'],
  ['note', 'add', 'Decisions', '--text', 'Sessions live in Redis.'],
  ['note', 'add', 'Decisions'],
  ['note', 'append', 'decisions', 'Cookies are SameSite=Lax.'],
  ['note', 'Ask about links'],
  ['note', 'shw'],
  ['note', 'list'],
  ['note', 'show', 'decisions'],
  ['note', 'edit', 'ask', '--set', 'title=Ask about deep links'],
  ['note', 'rm', 'ask'],
  ['search', 'redis'],
  ['search', 'deep', 'lose', '--kind', 'task'],
  ['search', 'logni'],
  ['search', '!?'],
  ['task', 'move', 'rotate', 'frontend'],
  ['task', 'move', 'login', '--first'],
  ['task', 'move', 'login', '--parent', 'carry'],
  ['task', 'move', 'login'],
  ['group', 'rm', 'backend'],
  ['export', '--csv', '--fields', 'id,title,depends_on,customer'],
  ['export', '--kind', 'note', '--fields', 'title,note_kind,body'],
  ['export', '--output', 'tasks.csv'],
  ['export', '--output', 'tasks.csv'],
  ['export', '--csv', '--kind', 'task,note'],
]

type Show = (directory: string, argv: readonly string[]) => Promise<string>

async function transcript(context: TestContext, show: Show): Promise<string> {
  const directory = join(temporaryDirectory(context), 'shop')
  mkdirSync(directory)
  for (const argv of FIXTURE) await run(directory, ...argv, '--quiet')
  let text = ''
  for (const argv of SCRIPT) text += `$ diptych ${argv.join(' ')}\n${await show(directory, argv)}\n`
  return withoutChance(text.replaceAll(directory, 'DIRECTORY'))
}

function said({ stdout, stderr, code }: Outcome): string {
  return `${stdout}${stderr === '' ? '' : `--\n${stderr}`}exit ${code}\n`
}

test('the help of commands to work with is as pinned', async () => {
  let text = ''
  for (const command of HELP) {
    const { stdout } = await run('/', ...command.split(' '), '--help')
    text += `$ diptych ${command} --help\n${stdout}\n`
  }
  assertPinned('work-help.txt', text)
})

const showWords: Show = async (directory, argv) =>
  said(await runIn(directory, { columns: COLUMNS }, ...argv))

const showAnswer: Show = async (directory, argv) => {
  const { stdout, stderr, code } = await run(directory, ...argv, '--json', '--quiet')
  const answer: unknown = JSON.parse(stdout === '' ? stderr : stdout)
  return `${JSON.stringify(answer, null, 1)}\nexit ${code}\n`
}

test('commands to work with have the pinned wording on a terminal', async (context) => {
  assertPinned('work-people.txt', await transcript(context, showWords))
})

test('commands to work with have the pinned shape for programs', async (context) => {
  assertPinned('work-json.txt', await transcript(context, showAnswer))
})
