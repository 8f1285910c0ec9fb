import type { Fixture, Outcome } from './fixture.ts'
import type { Step } from './steps.ts'

/** A folder of fixtures, with what the page says above their table. */
export interface Area {
  readonly folder: string
  readonly title: string
  readonly about: string
}

/** A fixture with what came of it. */
export interface Told {
  readonly fixture: Fixture
  readonly outcome: Outcome
}

/** Most lines of an edit that a cell quotes. */
const QUOTED = 4

const HEAD = `# Natural edits

What people and agents write into the files, what it means, and what they are told. Each row is an
edit that has been made in a real folder; whatever is not listed in the second column stays as it was,
and whatever is typed stays as it was typed.

Where the last column says *nothing*, the edit was understood, and \`diptych sync\` is silent. Otherwise
it quotes what \`diptych sync\`, \`diptych status\` and \`diptych check\` say, with line and remedy.
Nothing is written over what could not be read.
`

const TABLE = '| You write | It means | You are told |\n|---|---|---|'

/** Reads the areas in their order: \`## folder: Title\`, then what is to be said of it. */
export function parseAreas(text: string): readonly Area[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [head = '', ...rest] = part.split('\n')
      const [folder = '', title = ''] = head.split(': ')
      return { folder, title, about: rest.join('\n').trim() }
    })
}

/** The page: one table for each area. */
export function printPage(
  areas: readonly Area[],
  told: ReadonlyMap<string, readonly Told[]>,
): string {
  const sections = areas.map(({ folder, title, about }) => {
    const rows = understoodFirst(told.get(folder) ?? []).map(row)
    return [`## ${title}`, about, [TABLE, ...rows].join('\n')]
      .filter((text) => text !== '')
      .join('\n\n')
  })
  return `${[HEAD.trimEnd(), ...sections].join('\n\n')}\n`
}

function understoodFirst(told: readonly Told[]): readonly Told[] {
  const isUnderstood = ({ outcome }: Told): boolean => outcome.told.length === 0
  return [...told.filter(isUnderstood), ...told.filter((entry) => !isUnderstood(entry))]
}

function row({ fixture, outcome }: Told): string {
  const { title, edit } = fixture
  const written = [title, ...edit.steps.flatMap(quote)]
  const means =
    outcome.meaning.length === 0 ? [unmoved(outcome)] : meant(fixture, outcome).map(prose)
  const says = outcome.told.length === 0 ? ['nothing'] : outcome.told.map(said).map(prose)
  return `| ${[written, means, says].map((cell) => cell.join('<br>')).join(' | ')} |`
}

/** What an edit means that changes no value: it says the same in other words, or it is not taken. */
function unmoved({ told }: Outcome): string {
  const open = told.some((line) => / (?:error|warning)\[/.test(line))
  return open ? 'nothing yet; the last values are kept' : 'the same as before'
}

/** The lines of a meaning; without the name of what they are about where the edit is about nothing else. */
function meant({ edit }: Fixture, { meaning }: Outcome): readonly string[] {
  const about = meaning.map((line) => /^(.+?): /.exec(line)?.[1] ?? line)
  const [name = ''] = about
  const alone = edit.steps.length === 1 && about.every((other) => other === name)
  return alone && name === 'Fix login'
    ? meaning.map((line) => line.slice(name.length + 2))
    : meaning
}

/** What is told, without the path of the file that everyone looks at. */
function said(line: string): string {
  return line.replace(/^tasks\/t-7k2m9xqd-fix-login\.md(?::(\d+))?: /, (_, number?: string) =>
    number === undefined ? '' : `line ${number}: `,
  )
}

/** The first lines that a step adds, or takes away where it adds none. */
function quote(step: Step): readonly string[] {
  if (step.kind !== 'patch') return []
  const added = step.hunks.flatMap((hunk) => hunk.new.filter((line) => !hunk.old.includes(line)))
  const removed = step.hunks.flatMap((hunk) => hunk.old.filter((line) => !hunk.new.includes(line)))
  const lines = (added.length > 0 ? added : removed).filter((line) => line.trim() !== '')
  const shown = lines
    .slice(0, QUOTED)
    .map((line) => (added.length > 0 ? code(line) : `~~${code(line)}~~`))
  return lines.length > QUOTED ? [...shown, '…'] : shown
}

function code(line: string): string {
  const text = line.trimEnd().replaceAll('|', String.raw`\|`)
  if (!text.includes('`')) return `\`${text}\``
  const fence = text.includes('``') ? '```' : '``'
  return `${fence} ${text} ${fence}`
}

/** Text for a cell, in which nothing but code spans is markup. */
function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) =>
      part.startsWith('`') ? part : part.replaceAll(/[\\*_~<>[\]]/g, String.raw`\$&`),
    )
    .join('')
    .replaceAll('|', String.raw`\|`)
}
