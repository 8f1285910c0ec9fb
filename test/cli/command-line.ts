import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runCli } from '../../src/cli/run.ts'
import { openProject } from '../../src/main.ts'

/** What a command line left behind. */
export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** An answer as JSON; tests say what they expect in it. */
export type Json = ReturnType<typeof JSON.parse>

/** The binary that people run. */
export const BINARY: string = fileURLToPath(new URL('../../bin/diptych.js', import.meta.url))

/** A temporary directory that is removed after the test. */
export function temporaryDirectory(context: TestContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'diptych-cli-')))
  context.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** What a command line finds where it runs. */
export interface Surroundings {
  /** Bytes or text on its stdin; none unless given. */
  readonly stdin?: string | Uint8Array
  /** Columns of the terminal that stdout is; absent: a pipe. */
  readonly columns?: number
}

/** Runs a command line in this process, as a pipe would see it, in `directory`. */
export async function run(directory: string, ...argv: readonly string[]): Promise<Outcome> {
  return runIn(directory, {}, ...argv)
}

/** Runs a command line in this process, in `directory`, with what stands around it; never in colour. */
export async function runIn(
  directory: string,
  { stdin = '', columns }: Surroundings,
  ...argv: readonly string[]
): Promise<Outcome> {
  const written = { stdout: '', stderr: '' }
  const stream = (name: keyof typeof written) => ({
    isTTY: name === 'stdout' && columns !== undefined,
    columns: columns ?? Number.POSITIVE_INFINITY,
    write: async (text: string) => void (written[name] += text),
  })
  const code = await runCli(argv, {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    stdin: { isTTY: false, read: async () => Buffer.from(stdin) },
    environment: { DIPTYCH_ACTOR: 'tester', NO_COLOR: '1' },
    workingDirectory: directory,
    version: '0.0.0',
    openProject,
    untilStopped: async () => undefined,
  })
  return { code, ...written }
}

/** Runs a command line that is expected to succeed and to answer with JSON; gives the answer. */
export async function json(directory: string, ...argv: readonly string[]): Promise<Json> {
  const { code, stdout, stderr } = await run(directory, ...argv, '--json')
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout)
}

/** Starts the real binary in a process of its own. */
export function start(directory: string, ...argv: readonly string[]): ChildProcess {
  const env = { ...process.env, DIPTYCH_ACTOR: 'tester', NO_COLOR: '1' }
  return spawn(process.execPath, [BINARY, ...argv], { cwd: directory, env })
}

/** Runs the real binary to its end. */
export async function runBinary(directory: string, ...argv: readonly string[]): Promise<Outcome> {
  return ended(start(directory, ...argv))
}

/** Waits for a started process and gathers what it wrote. */
export function ended(child: ChildProcess): Promise<Outcome> {
  const written = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk: Buffer) => (written.stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (written.stderr += chunk.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...written })))
}

/** Makes a directory with an empty project in it. */
export async function project(context: TestContext): Promise<string> {
  const directory = temporaryDirectory(context)
  await json(directory, 'init', '--no-input')
  return directory
}

/** Edits a file as a person does; what is to be replaced must be there. */
export function edit(file: string, from: string | RegExp, to: string): void {
  const before = readFileSync(file, 'utf8')
  const after = before.replace(from, to)
  assert.notEqual(after, before, `${String(from)} is not in ${file}`)
  writeFileSync(file, after)
}
