import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import { INSTALLING, SCRIPTS, SHELLS } from '../../src/cli/complete/shell-scripts.ts'
import { BINARY, json, project, run, temporaryDirectory } from './command-line.ts'

/** Words that are offered for the last of `words`, in their order. */
async function offered(directory: string, ...words: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await run(directory, 'complete', '--', ...words)
  assert.deepEqual([code, stderr], [0, ''])
  return stdout
    .split('\n')
    .flatMap((line) => line.split('\t')[0] ?? [])
    .filter((word) => word !== '')
}

async function furnished(context: TestContext): Promise<{ directory: string; id: string }> {
  const directory = await project(context)
  await json(directory, 'group', 'add', 'User interface')
  await json(directory, 'task', 'add', 'Deploy')
  const { id } = await json(directory, 'task', 'add', 'Fix login')
  await json(directory, 'task', 'start', id)
  return { directory, id }
}

test('commands and options are completed, global ones too', async (context) => {
  const directory = temporaryDirectory(context)
  assert.deepEqual(await offered(directory, 'ta'), ['task'])
  assert.deepEqual(await offered(directory, 'task', 'st'), ['start'])
  assert.ok((await offered(directory, 'task', 'add', '--')).includes('--priority'))
  assert.deepEqual(await offered(directory, 'task', 'list', '--no-s'), ['--no-sync'])
  assert.ok(!(await offered(directory, '')).includes('complete'), 'what shells ask is hidden')
  assert.deepEqual(await offered(directory, 'completion', 'nothing', 'more', ''), [])
})

test('values of options are completed, behind a blank and behind =', async (context) => {
  const { directory } = await furnished(context)
  assert.deepEqual(await offered(directory, 'task', 'list', '--status', 'in'), ['in_progress'])
  assert.deepEqual(await offered(directory, 'task', 'list', '--status=in'), [
    '--status=in_progress',
  ])
  assert.deepEqual(await offered(directory, 'task', 'list', '--status', '=', 'in'), ['in_progress'])
  assert.deepEqual(await offered(directory, 'session', 'create', 'x', '--status', 'pla'), [
    'planned',
  ])
  assert.deepEqual(await offered(directory, 'task', 'add', 'x', '-p', 'u'), ['urgent'])
  assert.deepEqual(await offered(directory, 'task', 'add', 'x', '-g', ''), ['user-interface'])
  assert.deepEqual(await offered(directory, 'task', 'edit', 'x', '--set', 'est'), ['estimate='])
  assert.deepEqual(await offered(directory, 'session', 'use', ''), ['main'])
})

test('tasks are offered by id with their titles, those in work first, and found by title too', async (context) => {
  const { directory, id } = await furnished(context)
  const { stdout } = await run(directory, 'complete', '--', 'task', 'done', '')
  assert.match(stdout, new RegExp(`^${id}\tFix login\nt-[0-9a-z]{8}\tDeploy\n$`))
  assert.deepEqual(await offered(directory, 'task', 'done', 'login'), [id])
  const elsewhere = temporaryDirectory(context)
  assert.deepEqual(await offered(elsewhere, 'task', 'done', ''), [])
  assert.deepEqual(await offered(elsewhere, '-C', directory, 'task', 'done', id.slice(0, 5)), [id])
})

test('completing makes nothing, and a broken project offers nothing', async (context) => {
  const directory = temporaryDirectory(context)
  await json(directory, 'init')
  assert.deepEqual(await offered(directory, 'task', 'done', ''), [])
  assert.ok(!existsSync(join(directory, '.task_orchestrator/.local')))
  writeFileSync(join(directory, '.task_orchestrator/config.yaml'), 'layout: sideways\n')
  mkdirSync(join(directory, '.task_orchestrator/.local'))
  assert.deepEqual(await offered(directory, 'task', 'done', ''), [])
})

test('every shell has a script, and says where it goes beside the data', async (context) => {
  const directory = temporaryDirectory(context)
  for (const shell of SHELLS) {
    const { code, stdout, stderr } = await run(directory, 'completion', shell)
    assert.deepEqual([code, stdout], [0, SCRIPTS[shell]])
    assert.ok(stderr.includes(INSTALLING[shell]))
  }
  assert.equal((await run(directory, 'completion')).code, 2)
  assert.match(
    (await run(directory, 'completion', 'tcsh')).stderr,
    /valid: bash, zsh, fish, powershell/,
  )
})

/** Runs a script in a shell that finds \`diptych\` on its path. */
async function inShell(
  context: TestContext,
  directory: string,
  shell: string,
  script: string,
): Promise<string> {
  const folder = temporaryDirectory(context)
  const program = join(folder, 'diptych')
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${BINARY}' "$@"\n`)
  chmodSync(program, 0o755)
  const path = `${folder}${delimiter}${process.env['PATH'] ?? ''}`
  const env = { ...process.env, PATH: path, HOME: folder, XDG_CONFIG_HOME: folder }
  const { stdout } = await promisify(execFile)(shell, ['-c', script], { cwd: directory, env })
  return stdout
}

test('bash puts words in and runs nothing of what is typed', async (context) => {
  const { directory, id } = await furnished(context)
  const ask = (...words: readonly string[]): Promise<string> =>
    inShell(
      context,
      directory,
      'bash',
      `source <(diptych completion bash 2>/dev/null)
       COMP_WORDS=(diptych ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
       _diptych 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`,
    )
  assert.equal(await ask('task', 'sta'), 'start\n')
  assert.equal(await ask('task', 'done', id.slice(0, 6)), `${id}\n`)
  const before = readdirSync(directory)
  await ask('task', 'done', '$(touch evil)')
  assert.deepEqual(readdirSync(directory), before)
})

function isHere(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0
}

test('other shells that are here take their scripts', async (context) => {
  const { directory, id } = await furnished(context)
  if (isHere('fish')) {
    const ask = 'diptych completion fish 2>/dev/null | source; complete -C "diptych task done "'
    assert.match(await inShell(context, directory, 'fish', ask), new RegExp(`^${id}\tFix login\n`))
  }
  if (isHere('zsh')) {
    const check =
      'diptych completion zsh 2>/dev/null > zsh-script; zsh -n zsh-script && print sound'
    assert.equal(await inShell(context, directory, 'zsh', check), 'sound\n')
  }
})
