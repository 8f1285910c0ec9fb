import type { EntityId } from '../model/id.ts'
import { clipText } from './inline-text.ts'
import type { DependencyGraph } from './dependency-graph.ts'

/** Most characters of a title in a box. */
const LONGEST_LABEL = 60

/** How boxes look by status; of others as the theme has them. Legible on light and dark pages. */
const STYLES: ReadonlyMap<string, string> = new Map([
  ['in_progress', 'fill:#ddf4ff,stroke:#0969da,color:#0a3069'],
  ['review', 'fill:#fff8c5,stroke:#9a6700,color:#4d2d00'],
  ['blocked', 'fill:#ffebe9,stroke:#cf222e,color:#82071e'],
  ['completed', 'fill:#dafbe1,stroke:#1a7f37,color:#044f1e'],
  ['failed', 'fill:#ffebe9,stroke:#cf222e,color:#82071e,stroke-dasharray:4 3'],
  ['cancelled', 'fill:#eaeef2,stroke:#6e7781,color:#424a53,stroke-dasharray:4 3'],
])

/** What a label may hold as it is; everything else is written by its number. */
const PLAIN = /[\p{L}\p{M}\p{N} ,/?()']|\P{ASCII}/u
/** Dashes and points that can be nothing but part of a word or a number. */
const INNER = /(?<=[\p{L}\p{N}])-(?=[\p{L}\p{N}])|(?<=\p{N})\.(?=\p{N})/gu
/** What has no place in a box. Joiners stay: they hold signs together. */
const UNSEEN = /(?:(?!\u200d)[\s\p{Cc}\p{Cf}\p{Cs}\p{Z}])+/gu
/** What would be read as the beginning of a list. */
const LIST_START = /^(?:[-+*]|\p{N}+[.)])(?= )/u

/**
 * Writes a graph as the text of a Mermaid flowchart, without its fence. The same graph gives the same
 * bytes. Arrows lead from what comes first to what waits for it; dotted lines join a task with its
 * parts. Titles are text: nothing in them is read as Mermaid, Markdown or HTML.
 */
export function printMermaid({ tasks, edges }: DependencyGraph): string {
  const boxes = tasks.map(({ id, title, status }) => {
    const style = STYLES.has(status) ? `:::${status}` : ''
    return `${boxOf(id)}["${label(title) || boxOf(id)}"]${style}`
  })
  const arrows = edges.map(({ kind, from, to }) =>
    kind === 'dependency' ? `${boxOf(to)} --> ${boxOf(from)}` : `${boxOf(to)} -.- ${boxOf(from)}`,
  )
  const used = new Set(tasks.map(({ status }) => status))
  const styles = [...STYLES].flatMap(([status, style]) =>
    used.has(status) ? [`classDef ${status} ${style}`] : [],
  )
  const lines = [...boxes, ...arrows.sort(), ...styles]
  return ['flowchart LR', ...lines.map((line) => `  ${line}`)].join('\n')
}

/** Name of a task's box: its id without the dash, which an arrow could be read into. */
function boxOf(id: EntityId): string {
  return id.replaceAll('-', '_')
}

function label(title: string): string {
  const line = clipText(title.replaceAll(UNSEEN, ' ').trim(), LONGEST_LABEL)
  const listed = LIST_START.exec(line)?.[0].length ?? 0
  const inner = new Set([...line.matchAll(INNER)].map(({ index }) => index))
  let text = ''
  let at = 0
  for (const char of line) {
    const plain = at >= listed && (inner.has(at) || PLAIN.test(char))
    text += plain ? char : `#${String(char.codePointAt(0))};`
    at += char.length
  }
  return text
}
