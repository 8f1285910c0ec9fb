import { Liquid, LiquidError } from 'liquidjs'
import { DiptychError } from '../model/error.ts'
import { encodeTarget } from './board-link.ts'
import type { OverviewView } from './overview-view.ts'
import type { GeneratedTemplate } from './template.ts'

/** Longest template, most tags and values in one overview, and most memory that it may take. */
const LIMITS = { parseLimit: 1_000_000, templateLimit: 1_000_000, memoryLimit: 10_000_000 }

/** Filters and tags that would ask the clock, chance or the file system. */
const WITHHELD_FILTERS = /^(?:date|sample)/
const WITHHELD_TAGS = ['include', 'render', 'layout', 'block']

const BAR_CELLS = 10

/**
 * Prints a session's overview, LF only, without blank lines at its end.
 *
 * The same template and view give the same bytes: no clock, no chance, no file is in reach of the
 * template, only what the view itself holds. Values are escaped, so that a title breaks no table row
 * and starts no markup of its own.
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
  liquid.registerFilter('bar', { raw: true, handler: bar })
  liquid.registerFilter('hours', { raw: true, handler: hours })
  liquid.registerFilter('link', { raw: true, handler: link })
  liquid.registerFilter('words', (value: unknown) => textOf(value).replaceAll('_', ' '))
  return liquid
}

/** Ten cells, full as far as `done` is of `total`. */
function bar(done: unknown, total: unknown): string {
  const part = Number(total) > 0 ? Math.min(1, Math.max(0, Number(done) / Number(total))) : 0
  const full = Math.floor(part * BAR_CELLS)
  return '█'.repeat(full) + '░'.repeat(BAR_CELLS - full)
}

function hours(value: unknown): string {
  return typeof value === 'number' ? `${value}h` : ''
}

/** `[title](path)` of something in the view that has both, else its title. */
function link(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('title' in value)) return ''
  const title = escapeValue(value.title)
  const path = 'path' in value ? value.path : null
  return typeof path === 'string' ? `[${title}](${encodeTarget(path)})` : title
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** Writes what would end a table's cell, a link or a line, or start code or a tag, as an entity. */
function escapeValue(value: unknown): string {
  return textOf(value)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[|[\]<`\\]/g, (char) => `&#${char.charCodeAt(0)};`)
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
