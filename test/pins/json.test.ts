import { test, type TestContext } from 'node:test'
import { run, temporaryDirectory, type Outcome } from '../cli/command-line.ts'
import { assertPinned, withoutChance } from './pin.ts'

const SCRIPT: readonly (readonly string[])[] = [
  ['init', '--no-input'],
  ['init'],
  ['group', 'add', 'Backend', '--specialist', 'coder'],
  ['task', 'add', 'Fix login', '-g', 'backend', '-p', 'P1', '--estimate', '4h', '-l', 'auth'],
  ['task', 'add', 'Deploy', '--depends-on', 'login', '--set', 'customer=ACME'],
  ['task', 'edit', 'login', '--set', 'assignee=bob'],
  ['task', 'start', 'login'],
  ['task', 'done', 'login', '--summary', 'works', '--file', 'src/auth.ts'],
  ['task', 'show', 'login'],
  ['task', 'list', '--ready'],
  ['group', 'list'],
  ['session', 'list'],
  ['session', 'show', 'main'],
  ['task', 'rm', 'deploy'],
  ['trash'],
  ['restore', 'deploy'],
  ['log', 'login', '--limit', '2'],
  ['conflicts'],
  ['check'],
  ['status'],
  ['sync'],
  [],
  ['task', 'show', 'nothing like it'],
  ['task', 'add', 'x', '--status', 'nope'],
  ['task', 'list', '--what'],
]

/** What every command of the script says, in a directory of its own. */
async function transcript(
  context: TestContext,
  options: readonly string[],
  show: (outcome: Outcome) => string,
): Promise<string> {
  const directory = temporaryDirectory(context)
  let text = ''
  for (const argv of SCRIPT) {
    const outcome = await run(directory, ...argv, ...options)
    text += `$ diptych ${[...argv, ...options].join(' ')}\n${show(outcome)}exit ${outcome.code}\n\n`
  }
  return withoutChance(text.replaceAll(directory, 'DIRECTORY'))
}

function asJson({ stdout, stderr }: Outcome): string {
  return `${JSON.stringify(JSON.parse(stdout === '' ? stderr : stdout), null, 1)}\n`
}

function asText({ stdout, stderr }: Outcome): string {
  return stdout + (stderr === '' ? '' : `--\n${stderr}`)
}

test('answers and errors have the pinned shape for programs', async (context) => {
  assertPinned('json.txt', await transcript(context, ['--json', '--quiet'], asJson))
})

test('answers and errors have the pinned wording for people', async (context) => {
  assertPinned('people.txt', await transcript(context, [], asText))
})
