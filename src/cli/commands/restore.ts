import { DiptychError } from '../../model/error.ts'
import { entityJson, SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { titleOf } from '../../tasks/entity-title.ts'
import type { Project } from '../../tasks/project.ts'
import { rereadEntity, type EntityView } from '../../tasks/read-entity.ts'
import { restoreEntities } from '../../tasks/restore-entities.ts'
import type { Command } from '../context.ts'
import type { Paint } from '../present/paint.ts'
import { printable } from '../present/printable.ts'
import { changeProject } from '../with-project.ts'

/** Arguments of `restore`. */
export interface RestoreInput {
  readonly reference?: string
  readonly all?: boolean
}

/** `restore`: brings back from the trash, with the file's own bytes. */
export const restoreSome: Command<RestoreInput> = (context, { reference, all }) => {
  if ((reference === undefined) === (all !== true)) throw unclear()
  const change = (project: Project): Promise<readonly EntityView[]> =>
    restoreEntities(project, reference ?? null)
  return changeProject(context, change, async (project, restored) => {
    const views: EntityView[] = []
    for (const view of restored) views.push(await rereadEntity(project, view))
    if (views.length === 0) context.note('the trash is empty')
    const items = views.map((view) => entityJson(project, view))
    const text = (): string => views.map((view) => restoredLine(view, context.paint)).join('')
    return { json: { schemaVersion: SCHEMA_VERSION, kind: 'restore', items }, text }
  })
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
