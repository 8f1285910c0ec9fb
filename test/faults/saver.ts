import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'

/**
 * A person's editor, run as a process of its own: saves one token after the other into a file that
 * someone else replaces meanwhile. It never overwrites a token of its own that it has not read.
 *
 *     node saver.ts STYLE PATH SAVES
 */
const [, , style = '', path = '', saves = '0'] = process.argv

/** Text of the file, empty where there is none for the moment. */
function read(): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function saveAtomically(line: string): void {
  const aside = `${path}~saving`
  writeFileSync(aside, read() + line)
  renameSync(aside, path)
}

function truncateAndWrite(line: string): void {
  const text = read() + line
  const descriptor = openSync(path, 'w')
  nap(Math.random() < 0.3 ? 1 : 0)
  writeSync(descriptor, text)
  closeSync(descriptor)
}

/** Appends through a descriptor that is held for many saves. */
function appendHeld(line: string, index: number): void {
  if (index % 15 === 0) {
    if (held !== null) closeSync(held)
    held = openSync(path, 'a')
  }
  writeSync(held ?? openSync(path, 'a'), line)
}

/** Writes from the start into the file as it stands, never cutting it. */
function writeInPlace(line: string): void {
  if (!existsSync(path)) return appendHeldOnce(line)
  let descriptor: number
  try {
    descriptor = openSync(path, 'r+')
  } catch {
    return appendHeldOnce(line)
  }
  const text = readFileSync(descriptor, 'utf8') + line
  nap(Math.random() < 0.3 ? 1 : 0)
  writeSync(descriptor, text, 0)
  closeSync(descriptor)
}

function appendHeldOnce(line: string): void {
  const descriptor = openSync(path, 'a')
  writeSync(descriptor, line)
  closeSync(descriptor)
}

function nap(milliseconds: number): void {
  if (milliseconds > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

let held: number | null = null
const STYLES: Readonly<Record<string, (line: string, index: number) => void>> = {
  atomic: saveAtomically,
  truncate: truncateAndWrite,
  append: appendHeld,
  'in-place': writeInPlace,
}

for (let index = 0; index < Number(saves); index++) {
  STYLES[style]?.(`token ${index};\n`, index)
  nap(Math.random() * 2)
}
