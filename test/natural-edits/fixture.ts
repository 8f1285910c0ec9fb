import { type Step, parseSteps } from './steps.ts'

/** One natural edit: what a person does, and what comes of it. */
export interface Fixture {
  /** What the person does, in plain words. */
  readonly title: string
  /** Why it means what it means, where that is not plain; `''` where it is. */
  readonly why: string
  /** What differs from the common project before the edit. */
  readonly before: Part
  readonly edit: Part
  /** Why a rebuild from the folder differs; `''` where it does not. */
  readonly reason: string
}

/** Steps as they were written and as they are carried out. */
export interface Part {
  readonly source: string
  readonly steps: readonly Step[]
}

/** What came of an edit, each as Markdown. */
export interface Outcome {
  readonly meaning: readonly string[]
  readonly told: readonly string[]
  readonly after: string
  /** What a rebuild from the folder reads otherwise. */
  readonly rebuild: readonly string[]
}

const SECTIONS = ['Before', 'Edit', 'Meaning', 'Told', 'After', 'Rebuild']

/** Reads a fixture: its title, and its parts by heading. Throws where it has no title or no edit. */
export function parseFixture(text: string): Fixture {
  const parts = splitSections(text)
  const [first = '', ...rest] = (parts.get('') ?? '').split('\n')
  const title = /^# (.+)$/.exec(first)?.[1]
  if (title === undefined) throw new Error('the first line is to be `# What the person does`')
  const before = partOf(parts.get('Before'))
  const edit = partOf(parts.get('Edit'))
  if (edit.steps.length === 0)
    throw new Error('a section `## Edit` with at least one step is missing')
  const prose = (parts.get('Rebuild') ?? '').split('\n').filter((line) => !line.startsWith('- '))
  return { title, why: rest.join('\n').trim(), before, edit, reason: prose.join('\n').trim() }
}

function partOf(source = ''): Part {
  return { source: source.trim(), steps: parseSteps(source) }
}

function splitSections(text: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>()
  let [name, fence] = ['', '']
  for (const line of text.split('\n')) {
    const mark = /^`{3,}/.exec(line)?.[0]
    if (mark !== undefined && (fence === '' || fence === line)) fence = fence === '' ? mark : ''
    const heading = fence === '' ? /^## (.+)$/.exec(line)?.[1] : undefined
    if (heading === undefined) parts.set(name, `${parts.get(name) ?? ''}${line}\n`)
    else if (SECTIONS.includes(heading)) name = heading
    else throw new Error(`\`## ${heading}\` is none of: ${SECTIONS.join(', ')}`)
  }
  return parts
}

/** A fixture with its outcome, as its file is to read. */
export function printFixture(fixture: Fixture, outcome: Outcome): string {
  const { title, why, before, edit, reason } = fixture
  const rebuild = [reason, listed(outcome.rebuild, '')].filter((text) => text !== '').join('\n\n')
  const sections: readonly (readonly [string, string])[] = [
    ['Before', before.source],
    ['Edit', edit.source],
    ['Meaning', listed(outcome.meaning, 'Nothing new.')],
    ['Told', listed(outcome.told, 'Nothing.')],
    ['After', outcome.after],
    ['Rebuild', outcome.rebuild.length === 0 ? '' : rebuild],
  ]
  const head = why === '' ? `# ${title}` : `# ${title}\n\n${why}`
  const told = sections
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `## ${name}\n\n${text}`)
  return `${[head, ...told].join('\n\n')}\n`
}

function listed(lines: readonly string[], none: string): string {
  return lines.length === 0 ? none : lines.map((line) => `- ${line}`).join('\n')
}
