import { isScalar, isSeq, parseDocument, isMap } from 'yaml'
import type { FrontMatterEntry } from '../../markdown/front-matter.ts'
import { isBlankLine } from '../../markdown/lines.ts'
import type { MarkdownScan } from '../../markdown/scan.ts'

/** A key of the front matter with its value as text, or as texts where it is a list. */
export interface BacklogKey {
  readonly key: string
  readonly value: string | readonly string[]
  /** From 1. */
  readonly line: number
}

/**
 * Keys of a text's front matter in their order, doubled ones too. Nothing is typed: `007` and
 * `2026-11-22` are texts. A value that YAML cannot read, or that is neither a text nor a list of
 * texts, is taken as it stands.
 */
export function readKeys(scan: MarkdownScan): readonly BacklogKey[] {
  return (scan.frontMatter?.entries ?? []).map((entry) => {
    return { key: entry.key, value: valueOf(scan, entry), line: entry.line + 1 }
  })
}

function valueOf(scan: MarkdownScan, entry: FrontMatterEntry): string | readonly string[] {
  const literal = scan.text.slice(entry.valueStart, entry.valueEnd)
  const from = scan.lines[entry.line]?.start ?? 0
  const to = scan.lines[entry.endLine - 1]?.end ?? from
  const document = parseDocument(scan.text.slice(from, to), {
    schema: 'failsafe',
    logLevel: 'silent',
  })
  if (document.errors.length > 0 || !isMap(document.contents)) return literal
  const [pair] = document.contents.items
  return textOf(pair?.value) ?? listOf(pair?.value) ?? literal
}

function textOf(node: unknown): string | null {
  return isScalar(node) && typeof node.value === 'string' ? node.value : null
}

function listOf(node: unknown): readonly string[] | null {
  if (!isSeq(node)) return null
  const texts = node.items.map((item) => textOf(item))
  return texts.every((text) => text !== null) ? texts : null
}

/** Comments and stray lines of the front matter, which belong to no key. */
export function readAsides(scan: MarkdownScan): readonly string[] {
  const { frontMatter, text, lines } = scan
  if (frontMatter === null) return []
  const asides: string[] = []
  for (let index = 1; index < frontMatter.closeLine; index++) {
    const line = lines[index]
    if (line === undefined || isBlankLine(text, line)) continue
    const entry = frontMatter.entries.find((one) => one.line <= index && index < one.endLine)
    const single = entry !== undefined && entry.endLine === entry.line + 1
    const source = text.slice(single ? entry.valueEnd : line.start, line.end).trim()
    if (entry === undefined || source.startsWith('#')) asides.push(source)
  }
  return asides.filter((aside) => aside !== '')
}
