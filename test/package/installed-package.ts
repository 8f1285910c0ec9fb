import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stagePackage } from '../../build/stage-package.ts'

/** The checkout. */
export const ROOT: string = join(import.meta.dirname, '../..')

/** What the manifest of the package says. */
export interface Manifest {
  readonly version: string
  readonly bin: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly engines: { readonly node: string }
}

/** The package, built, packed by npm and unpacked where a project of its own depends on it. */
export interface InstalledPackage extends Disposable {
  /** Folder of the project that depends on it. */
  readonly consumer: string
  readonly folder: string
  readonly manifest: Manifest
  /** The command as npm links it. */
  readonly command: string
  /** Bytes of what is downloaded. */
  readonly packedSize: number
}

/**
 * Installs the package in a temporary folder, as npm does but without a network, which it does not
 * need: it depends on nothing.
 */
export async function installPackage(): Promise<InstalledPackage> {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'diptych-package-')))
  const dispose = (): void => rmSync(temporary, { recursive: true, force: true })
  try {
    return { ...(await installInto(temporary)), [Symbol.dispose]: dispose }
  } catch (error) {
    dispose()
    throw error
  }
}

async function installInto(temporary: string): Promise<Omit<InstalledPackage, keyof Disposable>> {
  const staged = await stagePackage(ROOT, join(temporary, 'staged'))
  const words = ['pack', '--ignore-scripts', '--json', '--pack-destination', temporary]
  const said = execFileSync('npm', words, { cwd: staged, encoding: 'utf8', stdio: 'pipe' })
  const [packed] = JSON.parse(said) as readonly { readonly filename: string }[]
  assert.ok(packed !== undefined)
  const archive = join(temporary, packed.filename)
  const consumer = join(temporary, 'consumer')
  const folder = join(consumer, 'node_modules/diptych')
  mkdirSync(folder, { recursive: true })
  execFileSync('tar', ['-xzf', archive, '-C', folder, '--strip-components=1'])
  rmSync(staged, { recursive: true })
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const command = join(consumer, 'node_modules/.bin/diptych')
  mkdirSync(dirname(command))
  symlinkSync(`../diptych/${manifest.bin['diptych']}`, command)
  return {
    consumer,
    folder,
    manifest,
    command,
    packedSize: statSync(archive).size,
  }
}

/** Makes a package of the checkout available to a consumer, as if it were installed there too. */
export function linkPackage(consumer: string, name: string): void {
  const place = join(consumer, 'node_modules', name)
  mkdirSync(dirname(place), { recursive: true })
  if (!existsSync(place)) symlinkSync(join(ROOT, 'node_modules', name), place)
}

/** How a process ended, and what it wrote. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program in `directory`; `read` takes what it writes, all of it unless given. */
export async function runProgram(
  program: string,
  words: readonly string[],
  directory: string,
  read: (stdout: NodeJS.ReadableStream & AsyncIterable<Buffer>) => Promise<string> = readAll,
): Promise<Ended> {
  const environment = { ...process.env, HOME: directory, XDG_CACHE_HOME: '' }
  const child = spawn(program, words, { cwd: directory, env: environment, stdio: 'pipe' })
  child.stdin.end()
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [stdout, stderr] = await Promise.all([read(child.stdout), readAll(child.stderr)])
  return { code: await ended, stdout, stderr }
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}
