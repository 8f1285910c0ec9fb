import { Liquid, LiquidError } from 'liquidjs'
import { DiptychError } from '../model/error.ts'
import { shareOf } from '../model/share-of.ts'
import { encodeTarget } from './board-link.ts'
import { clipText, inlineText } from './inline-text.ts'
import type { OverviewView } from './overview-view.ts'
import type { GeneratedTemplate } from './template.ts'

/** Longest template, most tags and values in one overview, and most memory that it may take. */
const LIMITS = { parseLimit: 1_000_000, templateLimit: 1_000_000, memoryLimit: 10_000_000 }

/** Filters and tags that would ask the clock, chance or the file system. */
const WITHHELD_FILTERS = /^(?:date|sample)/
const WITHHELD_TAGS = ['include', 'render', 'layout', 'block']

const BAR_CELLS = 10
/** Deepest indentation, and most characters of a diagnostic and of any other value. */
const DEEPEST = 6
const LONGEST_MESSAGE = 300
const LONGEST_VALUE = 200

/**
 * Prints a session's overview, LF only, without blank lines at its end.
 *
 * The same template and view give the same bytes: no clock, no chance, no file is in reach of the
 * template, only what the view itself holds. Values are escaped, so that a title breaks no table row
 * and starts no markup of its own but code.
 *
 * Importing this module loads the template engine, which takes a while: import it when it is needed.
 *
 * @throws DiptychError `invalid-template` where the template cannot be parsed or asks for more than
 * there is.
 */
export function printOverview(template: GeneratedTemplate, view: OverviewView): string {
  try {
    const text: unknown = engine().parseAndRenderSync(template.source, view)
    return `${String(text).replaceAll(/\r\n?/g, '\n').trimEnd()}\n`
  } catch (error) {
    throw asTemplateError(error)
  }
}

let made: Liquid | null = null

function engine(): Liquid {
  made ??= makeEngine()
  return made
}

function makeEngine(): Liquid {
  const liquid = new Liquid({
    ...LIMITS,
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    templates: {},
    outputEscape: escapeValue,
  })
  for (const name of Object.keys(liquid.filters)) {
    if (WITHHELD_FILTERS.test(name)) delete liquid.filters[name]
  }
  for (const name of WITHHELD_TAGS) delete liquid.tags[name]
  for (const [name, handler] of FILTERS) liquid.registerFilter(name, { raw: true, handler })
  return liquid
}

/** What a template can do with values of the view. Each gives Markdown. */
const FILTERS: ReadonlyMap<string, (...given: readonly unknown[]) => string> = new Map([
  ['bar', bar],
  ['hours', hours],
  ['indent', indent],
  ['link', link],
  ['more', more],
  ['percent', percent],
  ['sentence', sentence],
  ['words', (value: unknown) => escapeValue(textOf(value).replaceAll('_', ' '))],
])

/** Ten cells, full as far as `done` is of `total`. */
function bar(done: unknown, total: unknown): string {
  const full = shareOf(Number(done), Number(total), BAR_CELLS)
  return '█'.repeat(full) + '░'.repeat(BAR_CELLS - full)
}

function percent(done: unknown, total: unknown): string {
  return Number(total) > 0 ? `${shareOf(Number(done), Number(total), 100)} %` : ''
}

function hours(value: unknown): string {
  return typeof value === 'number' ? `${Math.round(value * 100) / 100}h` : ''
}

/** Shows in a table's cell that something is part of what stands above. */
function indent(depth: unknown): string {
  const levels = Math.min(Number(depth), DEEPEST)
  return levels > 0 ? `${'&emsp;'.repeat(levels - 1)}└ ` : ''
}

/** `[title](path)` of something in the view that has both, else its title; long titles are clipped. */
function link(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('title' in value)) return ''
  const title = inlineText(clipText(textOf(value.title)))
  const path = 'path' in value ? value.path : null
  return typeof path === 'string' ? `[${title}](${encodeTarget(path)})` : title
}

/** A list's last item, where there is more of it than is shown, with the command that shows all. */
function more(count: unknown, command: unknown): string {
  return Number(count) > 0 ? `- and ${Number(count)} more: \`${textOf(command)}\`\n` : ''
}

/** Text that ends like a sentence and begins with a capital where it begins with a word. */
function sentence(value: unknown): string {
  const text = clipText(textOf(value).trim(), LONGEST_MESSAGE)
  const begun = text.replace(/^(?!diptych )\p{Ll}(?=[\p{Ll}\s])/u, (char) => char.toUpperCase())
  return inlineText(/[.!?…]$/.test(begun) || begun === '' ? begun : `${begun}.`)
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function escapeValue(value: unknown): string {
  return inlineText(clipText(textOf(value), LONGEST_VALUE))
}

function asTemplateError(error: unknown): unknown {
  if (!LiquidError.is(error)) return error
  const [line] = error.token.getPosition()
  return new DiptychError(
    'invalid-template',
    {
      what: 'The template overview.md cannot be printed',
      why: error.originalError?.message ?? error.message,
      hint: 'mend the template; `diptych template check` names all its problems',
      place: `templates/overview.md:${line}`,
    },
    error,
  )
}
