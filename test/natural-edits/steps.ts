import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/** One thing that a person does to the folder. Paths are as the fixture names them, see {@link resolvePath}. */
export type Step =
  | { readonly kind: 'patch'; readonly path: string; readonly hunks: readonly Hunk[] }
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'delete'; readonly path: string }
  | { readonly kind: 'move' | 'copy'; readonly path: string; readonly target: string }
  | { readonly kind: 'respell'; readonly path: string; readonly how: Respelling }
  | { readonly kind: 'save-again'; readonly path: string }
  | { readonly kind: 'sync' }

/** Consecutive lines, and what stands in their place afterwards. */
interface Hunk {
  readonly old: readonly string[]
  readonly new: readonly string[]
}

type Respelling = 'CRLF line ends' | 'a byte order mark' | 'no last line end'

/** Folder of the session in the common project. */
export const SESSION: string = 'sessions/checkout-relaunch'

interface Block {
  readonly says: string
  readonly fenced: readonly string[] | null
}

/** Reads steps, each a sentence with its fenced text where it takes one. */
export function parseSteps(source: string): readonly Step[] {
  return readBlocks(source.split('\n')).map(toStep)
}

function readBlocks(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = []
  let says = ''
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const fence = /^`{3,}/.exec(line)?.[0]
    if (fence !== undefined) {
      const end = lines.indexOf(fence, at + 1)
      if (end === -1) throw new Error(`a fence is not closed: ${line}`)
      blocks.push({ says, fenced: lines.slice(at + 1, end) })
      ;[says, at] = ['', end]
    } else if (line.trim() !== '') says = says === '' ? line : `${says} ${line}`
    else if (says !== '' && !says.endsWith(':')) {
      blocks.push({ says, fenced: null })
      says = ''
    }
  }
  if (says !== '') blocks.push({ says, fenced: null })
  return blocks
}

function toStep({ says, fenced }: Block): Step {
  const [path = '', target = ''] = [...says.matchAll(/`([^`]+)`/g)].map(([, name]) => name)
  const shape = says.replaceAll(/`[^`]+`/g, 'P')
  if (fenced !== null) {
    if (shape === 'In P:') return { kind: 'patch', path, hunks: hunksOf(fenced) }
    if (shape === 'P reads:')
      return { kind: 'write', path, text: fenced.map((line) => `${line}\n`).join('') }
  }
  if (shape === 'P is deleted.') return { kind: 'delete', path }
  if (shape === 'P is moved to P.') return { kind: 'move', path, target }
  if (shape === 'P is copied to P.') return { kind: 'copy', path, target }
  if (shape === 'P is saved again.') return { kind: 'save-again', path }
  if (shape === 'Sync.') return { kind: 'sync' }
  const how = /^P has (CRLF line ends|a byte order mark|no last line end)\.$/.exec(shape)?.[1]
  if (how !== undefined) return { kind: 'respell', path, how: how as Respelling }
  throw new Error(`no step reads \`${says}\``)
}

function hunksOf(lines: readonly string[]): readonly Hunk[] {
  const hunks: { old: string[]; new: string[] }[] = [{ old: [], new: [] }]
  for (const line of lines) {
    const hunk = hunks.at(-1)
    const text = line.slice(1)
    if (line.startsWith('@@')) hunks.push({ old: [], new: [] })
    else if (line.startsWith('+')) hunk?.new.push(text)
    else if (line.startsWith('-')) hunk?.old.push(text)
    else if (line === '' || line.startsWith(' ')) {
      hunk?.old.push(text)
      hunk?.new.push(text)
    } else throw new Error(`a line of a diff begins with a blank, + or -: ${line}`)
  }
  return hunks.filter((hunk) => hunk.old.length + hunk.new.length > 0)
}

/** Carries out one step in the folder `root`; `sync` is what it calls for a step of that name. */
export async function takeStep(root: string, step: Step, sync: () => Promise<void>): Promise<void> {
  if (step.kind === 'sync') return await sync()
  const path = join(root, resolvePath(root, step.path))
  switch (step.kind) {
    case 'patch':
      return writeFileSync(path, patched(readFileSync(path, 'utf8'), step.hunks))
    case 'write':
      mkdirSync(dirname(path), { recursive: true })
      return writeFileSync(path, step.text)
    case 'delete':
      return rmSync(path, { recursive: true })
    case 'save-again': {
      const later = new Date(Date.now() + 5000)
      return utimesSync(path, later, later)
    }
    case 'respell':
      return writeFileSync(path, respelled(readFileSync(path, 'utf8'), step.how))
    case 'move':
    case 'copy': {
      const target = join(root, resolvePath(root, step.target))
      mkdirSync(dirname(target), { recursive: true })
      if (step.kind === 'move') renameSync(path, target)
      else cpSync(path, target, { recursive: true })
    }
  }
}

function respelled(text: string, how: Respelling): string {
  switch (how) {
    case 'CRLF line ends':
      return text.replaceAll(/\r?\n/g, '\r\n')
    case 'a byte order mark':
      return `\uFEFF${text}`
    case 'no last line end':
      return text.replace(/\r?\n$/, '')
  }
}

function patched(text: string, hunks: readonly Hunk[]): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  let lines = text.split(end)
  for (const hunk of hunks) {
    const places = lines
      .keys()
      .filter((at) => hunk.old.every((line, n) => lines[at + n] === line))
      .toArray()
    const [at] = places
    if (at === undefined || places.length > 1 || hunk.old.length === 0) {
      throw new Error(`${places.length} places read:\n${hunk.old.join('\n')}`)
    }
    lines = [...lines.slice(0, at), ...hunk.new, ...lines.slice(at + hunk.old.length)]
  }
  return lines.join(end)
}

/**
 * A path from the root for one that a fixture names: as it is, from the session's folder, or, for a
 * bare word, the one file whose name ends with it (`fix-login`).
 */
function resolvePath(root: string, name: string): string {
  if (existsSync(join(root, name)) || name.startsWith('sessions/') || name === 'config.yaml')
    return name
  const inSession = `${SESSION}/${name}`
  if (name.includes('/') || name.includes('.') || existsSync(join(root, inSession)))
    return inSession
  const found = globSync(`sessions/**/{,*-}${name}.md`, { cwd: root })
  if (found.length === 1) return found[0] ?? ''
  throw new Error(`${found.length} files answer to \`${name}\``)
}
