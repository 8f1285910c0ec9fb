import type { SyncReport } from '../../engine/report.ts'
import { DiptychError } from '../../model/error.ts'
import { entityJson, SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { titleOf } from '../../tasks/entity-title.ts'
import type { Project } from '../../tasks/project.ts'
import { rereadEntity, type EntityView } from '../../tasks/read-entity.ts'
import { restoreEntities } from '../../tasks/restore-entities.ts'
import type { Answer, Command } from '../context.ts'
import type { Paint } from '../present/paint.ts'
import { printable } from '../present/printable.ts'
import { changeProject } from '../with-project.ts'

/** Arguments of `restore`. */
export interface RestoreInput {
  readonly reference?: string
  readonly all?: boolean
}

/**
 * `restore`: brings back from the trash, with the file's own bytes. With `--all` it also writes the
 * files again that are gone and were not taken for deleted.
 */
export const restoreSome: Command<RestoreInput> = (context, { reference, all }) => {
  if ((reference === undefined) === (all !== true)) throw unclear()
  const change = async (project: Project, before: SyncReport | null): Promise<Restored> => {
    const written = all === true ? (before?.projected ?? 0) : 0
    return { written, views: await restoreEntities(project, reference ?? null) }
  }
  const answer = async (project: Project, { written, views }: Restored): Promise<Answer> => {
    const now: EntityView[] = []
    for (const view of views) now.push(await rereadEntity(project, view))
    if (now.length + written === 0) context.note('the trash is empty')
    const items = now.map((view) => entityJson(project, view))
    const again = written === 0 ? '' : `written again: ${written} files\n`
    const text = (): string => now.map((view) => restoredLine(view, context.paint)).join('') + again
    return { json: { schemaVersion: SCHEMA_VERSION, kind: 'restore', items, written }, text }
  }
  return changeProject(context, change, answer, all === true ? { restoreMissing: true } : {})
}

interface Restored {
  readonly views: readonly EntityView[]
  /** Files that were gone and are there again. */
  readonly written: number
}

function restoredLine({ entity, path }: EntityView, paint: Paint): string {
  const name = titleOf(entity)
  const place = path === null ? '' : `  ${paint.dim(printable(path))}\n`
  return `restored ${paint.bold(entity.id)} ${printable(name)}\n${place}`
}

function unclear(): DiptychError {
  return new DiptychError('usage', {
    what: 'restore needs to know what',
    valid: ['an id or a title from `diptych trash`', '--all'],
    hint: 'diptych trash',
  })
}
