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

What people and agents write into the files, and what it means. Every row is an edit that the test run
makes in a real folder; what the second column does not name stays as it was, and whatever is typed
stays as it was typed. Many more spellings of the same kind are read: the rows are samples.

Where a table has no third column, the edit was understood, and \`diptych sync\` is silent. Otherwise the
third one quotes what \`diptych sync\`, \`diptych status\` and \`diptych check\` say, with line and remedy:
a *note* says how something was understood; an *error* or a *warning* says what is not taken yet. Nothing
is written over what could not be read.`

const SUMMARY = `| Edits of | in silence | with a note | not taken yet |
|---|--:|--:|--:|`

const SILENT = '| You write | It means |\n|---|---|'
const TOLD = '| You write | It means | You are told |\n|---|---|---|'

/** How an edit ended: silently, with a note about how it was understood, or with something that is not taken. */
type Ending = 'silent' | 'noted' | 'open'

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

/** The page: how edits of each area end, and then for each area a table of the silent ones and of the others. */
export function printPage(
  areas: readonly Area[],
  told: ReadonlyMap<string, readonly Told[]>,
): string {
  const known = areas.map((area) => ({ ...area, told: told.get(area.folder) ?? [] }))
  const counts = [
    ...known.map(({ title, told: entries }) => summary(`[${title}](#${anchor(title)})`, entries)),
    summary(
      '**All**',
      known.flatMap((area) => area.told),
    ),
  ]
  const sections = known.flatMap(({ title, about, told: entries }) => [
    `## ${title}`,
    about,
    table(SILENT, entries, ['silent']),
    table(TOLD, entries, ['noted', 'open']),
  ])
  const blocks = [HEAD, [SUMMARY, ...counts].join('\n'), ...sections]
  return `${blocks.filter((text) => text !== '').join('\n\n')}\n`
}

function summary(name: string, told: readonly Told[]): string {
  const count = (sought: Ending): number =>
    told.filter(({ outcome }) => endingOf(outcome) === sought).length
  return `| ${name} | ${count('silent')} | ${count('noted')} | ${count('open')} |`
}

/** Name that code hosts give to a heading. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')
}

/** What ends alike and means the same stands together, else in the order of the files; `''` for no rows. */
function table(head: string, told: readonly Told[], endings: readonly Ending[]): string {
  const rows = endings.flatMap((sought) =>
    told
      .filter(({ outcome }) => endingOf(outcome) === sought)
      .map((entry) => ({ entry, means: meaningOf(entry) }))
      .sort((a, b) => (a.means === b.means ? 0 : a.means < b.means ? -1 : 1))
      .map(({ entry, means }) => row(entry, means)),
  )
  return rows.length === 0 ? '' : [head, ...rows].join('\n')
}

function endingOf({ told }: Outcome): Ending {
  if (told.length === 0) return 'silent'
  return isOpen(told) ? 'open' : 'noted'
}

function isOpen(told: readonly string[]): boolean {
  return told.some((line) => / (?:error|warning)\[/.test(line))
}

function row({ fixture, outcome }: Told, means: string): string {
  const written = [fixture.title, ...fixture.edit.steps.flatMap(quote)].join('<br>')
  const says = outcome.told.map(said).map(prose).join('<br>')
  return `| ${[written, means, ...(says === '' ? [] : [says])].join(' | ')} |`
}

function meaningOf({ fixture, outcome }: Told): string {
  return outcome.meaning.length === 0
    ? unmoved(outcome)
    : meant(fixture, outcome).map(prose).join('<br>')
}

/** What an edit means that changes no value: it says the same in other words, or it is not taken. */
function unmoved({ told }: Outcome): string {
  return isOpen(told) ? 'nothing yet; the last values are kept' : 'the same as before'
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
