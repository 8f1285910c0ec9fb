import { diffLines } from '../../src/merge/diff.ts'
import type { Files } from './bench.ts'

/** Lines of context on each side of a change. */
const CONTEXT = 1

/** What synchronization made of the files as they were saved, in words and diffs; `As saved.` where it changed none. */
export function tellFiles(saved: Files, after: Files): string {
  const gone = new Set(Object.keys(saved).filter((path) => after[path] === undefined))
  const told: string[] = []
  for (const [path, text] of Object.entries(after)) {
    const before = saved[path]
    if (before === text) continue
    const former =
      before === undefined ? [...gone].find((old) => idIn(saved[old]) === idIn(text)) : undefined
    if (former !== undefined) {
      gone.delete(former)
      told.push(`\`${former}\` is moved to \`${path}\`.`)
      if (saved[former] !== text) told.push(`\`${path}\`:`, tellDiff(saved[former] ?? '', text))
    } else if (before === undefined)
      told.push(`\`${path}\` is new:`, fenced('markdown', linesOf(text)))
    else told.push(`\`${path}\`:`, tellDiff(before, text))
  }
  told.push(...[...gone].map((path) => `\`${path}\` is gone.`))
  return told.length === 0 ? 'As saved.' : told.join('\n\n')
}

function idIn(text = ''): string {
  return /^id: *([sgtn]-\w{8})\r?$/m.exec(text)?.[1] ?? `none in ${text}`
}

function linesOf(text: string): readonly string[] {
  const lines = text.replaceAll('\r', '␍').replace('\uFEFF', '<BOM>').split('\n')
  return lines.at(-1) === ''
    ? lines.slice(0, -1)
    : [...lines.slice(0, -1), `${lines.at(-1)}<no line end>`]
}

function tellDiff(before: string, after: string): string {
  const [old, now] = [linesOf(before), linesOf(after)]
  const lines: string[] = []
  let shown = 0
  for (const { baseStart, baseEnd, sideStart, sideEnd } of diffLines(old, now)) {
    const from = Math.max(shown, baseStart - CONTEXT)
    if (lines.length > 0 && from > shown) lines.push('@@')
    lines.push(...old.slice(from, baseStart).map((line) => ` ${line}`))
    lines.push(...old.slice(baseStart, baseEnd).map((line) => `-${line}`))
    lines.push(...now.slice(sideStart, sideEnd).map((line) => `+${line}`))
    lines.push(...old.slice(baseEnd, baseEnd + CONTEXT).map((line) => ` ${line}`))
    shown = baseEnd + CONTEXT
  }
  return fenced('diff', lines)
}

function fenced(language: string, lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.map((line) => /`{3,}/.exec(line)?.[0].length ?? 0))
  const fence = '`'.repeat(longest + 1)
  return [fence + language, ...lines, fence].join('\n')
}
