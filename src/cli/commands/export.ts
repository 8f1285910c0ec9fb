import { resolve } from 'node:path'
import { DiptychError } from '../../model/error.ts'
import { ENTITY_KINDS, type EntityKind } from '../../model/id.ts'
import { csvOf } from '../../tasks/csv.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { exportFields, exportTable, withFieldsOnly } from '../../tasks/export-fields.ts'
import { exportJson, exportProject, type ExportedProject } from '../../tasks/export-project.ts'
import type { Project } from '../../tasks/project.ts'
import { readKinds } from '../../tasks/read-kinds.ts'
import { readNames } from '../../tasks/read-names.ts'
import { writeExport } from '../../tasks/write-export.ts'
import type { Answer, Command, CommandContext } from '../context.ts'
import { counted } from '../../model/counted.ts'
import { printable, printableJson } from '../present/printable.ts'
import { showProgress } from '../present/progress.ts'
import { withProject } from '../with-project.ts'

/** What stands for stdout in the place of a file. */
const STDOUT = '-'

/** Arguments of `export`. */
export interface ExportInput {
  readonly csv?: boolean
  readonly kind?: readonly string[]
  readonly fields?: readonly string[]
  readonly output?: string
  readonly force?: boolean
  readonly all?: boolean
}

type Format = 'json' | 'csv'

/** `export`: all data of a project as one JSON document, or one kind of it as a table. */
export const exportAll: Command<ExportInput> = (context, input) => {
  const format = readFormat(context, input)
  const kinds = readExportKinds(input, format)
  const trashed = input.all === true
  return withProject(context, async (project) => {
    const progress = showProgress(context)
    const tick = (done: number, total: number): void => progress.tick(done, total)
    const exported = await exportProject(project, { kinds, trashed, progress: tick })
    progress.end()
    const { fields: words } = input
    const fields = words === undefined ? null : exportFields(project, exported, words)
    const json = jsonOf(project, exported, fields, trashed)
    const text =
      format === 'json'
        ? (): string => `${printableJson(json)}\n`
        : await csvText(project, exported, kinds[0] ?? 'task', { fields, trashed })
    if (input.output === undefined || input.output === STDOUT) {
      return {
        json,
        text: () => (isTerminal(context, format) ? printable(text(), 'lines') : text()),
      }
    }
    const file = resolve(context.io.workingDirectory, input.output)
    writeExport(project.location, file, text(), input.force === true)
    return writtenAnswer(exported, format, input.output)
  })
}

/** A table goes to a terminal as one can look at it, and everywhere else byte for byte. */
function isTerminal({ io }: CommandContext, format: Format): boolean {
  return format === 'csv' && io.stdout.isTTY
}

function jsonOf(
  project: Project,
  exported: ExportedProject,
  fields: readonly string[] | null,
  trashed: boolean,
): Answer['json'] {
  return exportJson(project, exported, { trashed }, (row) =>
    fields === null ? row.json : withFieldsOnly(row, fields),
  )
}

async function csvText(
  project: Project,
  exported: ExportedProject,
  kind: EntityKind,
  request: { readonly fields: readonly string[] | null; readonly trashed: boolean },
): Promise<() => string> {
  const index = await readNames(project)
  return () => csvOf(exportTable(project, index, exported, { kind, ...request }))
}

function writtenAnswer({ rows }: ExportedProject, format: Format, output: string): Answer {
  const counts = Object.fromEntries([...rows].map(([kind, all]) => [`${kind}s`, all.length]))
  const parts = [...rows].map(([kind, all]) => counted(all.length, kind))
  return {
    json: { schemaVersion: SCHEMA_VERSION, kind: 'export-file', format, path: output, counts },
    text: () => `exported ${parts.join(', ')} to ${printable(output)}\n`,
    quiet: () => '',
  }
}

function readFormat({ globals }: CommandContext, { csv, output }: ExportInput): Format {
  const toFile = output !== undefined && output !== STDOUT
  if (csv === true && globals.json && !toFile) {
    throw new DiptychError('usage', {
      what: '--csv and --json exclude each other',
      hint: 'diptych export --csv',
    })
  }
  const named = toFile && output.toLowerCase().endsWith('.csv')
  return csv === true || named ? 'csv' : 'json'
}

function readExportKinds({ kind }: ExportInput, format: Format): readonly EntityKind[] {
  if (format === 'json') return readKinds(kind)
  const kinds = kind === undefined ? (['task'] as const) : readKinds(kind)
  if (kinds.length === 1) return kinds
  throw new DiptychError('usage', {
    what: 'a table holds one kind',
    valid: ENTITY_KINDS,
    hint: 'diptych export --csv --kind task',
  })
}
