import { test } from 'node:test'
import { tmpdir } from 'node:os'
import { run } from '../cli/command-line.ts'
import { assertPinned } from './pin.ts'

const COMMANDS = [
  '',
  'init',
  'import',
  'import backlog',
  'sync',
  'status',
  'check',
  'fmt',
  'doctor',
  'uninit',
  'completion',
  'conflicts',
  'graph',
  'log',
  'trash',
  'restore',
  'task',
  'task add',
  'task list',
  'task show',
  'task edit',
  'task start',
  'task done',
  'task rm',
  'group',
  'group add',
  'group list',
  'group show',
  'group edit',
  'session',
  'session create',
  'session list',
  'session show',
  'session edit',
  'session use',
  'session start',
  'session pause',
  'session complete',
]

test('the help of every command is as pinned', async () => {
  let text = ''
  for (const command of COMMANDS) {
    const argv = [...command.split(' ').filter((word) => word !== ''), '--help']
    const { stdout } = await run(tmpdir(), ...argv)
    text += `$ diptych ${argv.join(' ')}\n${stdout}\n`
  }
  assertPinned('help.txt', text)
})
