import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type Ended,
  type InstalledPackage,
  installPackage,
  linkPackage,
  runProgram,
} from './installed-package.ts'

/** More than pipes hold, so that a process that ends before its reader has read would lose the rest. */
const ROWS = 10_000

describe('the command of the installed package', () => {
  let installed: InstalledPackage
  before(async () => {
    installed = await installPackage()
  })
  after(() => installed[Symbol.dispose]())

  const directory = (name: string): string => {
    const path = join(installed.consumer, name)
    mkdirSync(path, { recursive: true })
    return path
  }
  const diptych = async (where: string, ...words: readonly string[]): Promise<Ended> =>
    await runProgram(process.execPath, [installed.command, ...words], where)

  it('answers from an empty folder on', async () => {
    const where = directory('empty')
    const version = await diptych(where, '--version')
    assert.deepEqual(version, { code: 0, stdout: `${installed.manifest.version}\n`, stderr: '' })
    assert.equal((await diptych(where, 'init')).code, 0)
    const added = await diptych(where, 'task', 'add', 'Fix login', '--json')
    assert.equal(added.code, 0, added.stderr)
    const listed = JSON.parse((await diptych(where, 'task', 'list', '--json')).stdout)
    assert.deepEqual(
      listed.items.map(({ title }: { title: string }) => title),
      ['Fix login'],
    )
    const checked = await diptych(where, 'check')
    assert.equal(checked.code, 0, checked.stderr)
  })

  it('runs as the program that its first line names', async () => {
    const { status, stdout } = spawnSync(installed.command, ['--version'], {
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${join(process.execPath, '..')}${delimiter}${process.env['PATH']}`,
      },
    })
    assert.deepEqual([status, stdout], [0, `${installed.manifest.version}\n`])
  })

  it('loads no parser and no template where both panels are equal', async () => {
    const where = directory('equal')
    assert.equal((await diptych(where, 'init')).code, 0)
    assert.equal((await diptych(where, 'task', 'add', 'Fix login')).code, 0)
    const words = ['--import', TELLS_WHAT_IS_LOADED, installed.command, 'task', 'list']
    const { code, stderr } = await runProgram(process.execPath, words, where)
    assert.equal(code, 0, stderr)
    const loaded = stderr.match(/(?<=^loaded ).+$/gm) ?? []
    assert.ok(loaded.length > 2, stderr)
    const heavy =
      /^\/\/ (.*node_modules\/(?:yaml|markdown-it|liquidjs|@clack)\/|src\/lens\/compile-)/m
    for (const url of loaded) {
      if (url.startsWith('file:')) assert.doesNotMatch(readFileSync(new URL(url), 'utf8'), heavy)
    }
  })

  it('writes all of a long answer to a reader that takes its time', async () => {
    const { where, id } = await withLongTask()
    const words = [installed.command, 'task', 'show', id, '--no-sync']
    const { code, stdout, stderr } = await runProgram(
      process.execPath,
      words,
      where,
      async (stream) => {
        const pieces: Buffer[] = []
        for await (const piece of stream) {
          pieces.push(piece)
          await pause(pieces.length === 1 ? 500 : 5)
        }
        return Buffer.concat(pieces).toString()
      },
    )
    assert.equal(code, 0, stderr)
    assert.equal(stdout.match(/^row \d+ x{80}$/gm)?.length, ROWS)
  })

  it('takes no harm from a reader that goes away', async () => {
    const { where, id } = await withLongTask()
    const words = [installed.command, 'task', 'show', id, '--no-sync']
    const { code, stderr } = await runProgram(process.execPath, words, where, async (stream) => {
      for await (const piece of stream) return piece.toString()
      return ''
    })
    assert.deepEqual([code, stderr], [0, ''])
  })

  async function withLongTask(): Promise<{ readonly where: string; readonly id: string }> {
    const where = directory('long')
    assert.equal((await diptych(where, 'init')).code, 0)
    const rows = Array.from({ length: ROWS }, (_, row) => `row ${row} ${'x'.repeat(80)}`).join('\n')
    const tasks = join(where, '.task_orchestrator/sessions/main/tasks')
    mkdirSync(tasks, { recursive: true })
    writeFileSync(join(tasks, 'long.md'), `# Long\n\n${rows}\n`)
    const synced = await diptych(where, 'sync')
    assert.equal(synced.code, 0, synced.stderr)
    return { where, id: 'Long' }
  }

  it('says what is missing on an older Node, and runs on the one that was installed beside it', async (t) => {
    const where = directory('older')
    const programs = [...olderNodes(), [process.execPath, '--import', claimsToBe('20.11.0')]]
    t.diagnostic(
      `older Nodes found on PATH: ${programs.length - 1}; one more is this one in disguise`,
    )
    for (const [program = '', ...words] of programs) {
      const refused = await runProgram(program, [...words, installed.command, '--version'], where)
      assert.deepEqual([refused.code, refused.stdout], [1, ''])
      assert.match(refused.stderr, /^error\[unsupported-runtime\]: Diptych needs Node 24/)
      assert.match(refused.stderr, /^ {2}try: install Node 24/m)
    }
    linkPackage(installed.consumer, 'node')
    for (const [program = '', ...words] of programs) {
      const { code, stdout } = await runProgram(program, [...words, installed.command, '-V'], where)
      assert.deepEqual([code, stdout], [0, `${installed.manifest.version}\n`])
    }
  })
})

/** A module by which a process tells on stderr what it loads. */
const TELLS_WHAT_IS_LOADED = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs'
  import { registerHooks } from 'node:module'
  registerHooks({ load: (url, context, next) => (writeSync(2, 'loaded ' + url + '\\n'), next(url, context)) })
`)}`

/** Every Node before 24 that is on the path, as the words that start it. */
function olderNodes(): readonly (readonly string[])[] {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin']
  return [...new Set(folders)].flatMap((folder) => {
    const program = join(folder, 'node')
    const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
    return status === 0 && Number(/^v(\d+)/.exec(stdout)?.[1]) < 24 ? [[program]] : []
  })
}

/** A module by which a process takes itself for another version of Node. */
function claimsToBe(version: string): string {
  const versions = `{ ...process.versions, node: '${version}' }`
  const script = `Object.defineProperty(process, 'versions', { value: ${versions} })`
  return `data:text/javascript,${encodeURIComponent(script)}`
}
