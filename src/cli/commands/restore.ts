import { DiptychError } from '../../model/error.ts'
import { entityJson, SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { titleOf } from '../../model/title.ts'
import type { Project } from '../../tasks/project.ts'
import { rereadEntity, type EntityView } from '../../tasks/read-entity.ts'
import { restoreEntity, restoreEverything } from '../../tasks/restore-entities.ts'
import type { Answer, Command, CommandContext } from '../context.ts'
import { counted } from '../../model/counted.ts'
import { printable } from '../present/printable.ts'
import { askFiltered, canAsk } from '../ask.ts'
import { listTrash, tombstoneTitle } from '../../tasks/list-trash.ts'
import { changeProject } from '../with-project.ts'

/** Arguments of `restore`. */
export interface RestoreInput {
  readonly reference?: string
  readonly all?: boolean
}

/**
 * `restore`: brings back from the trash, with the file's own bytes, or into the folder what was taken
 * out of it: the file of something live, its last text, its line on the board. With `--all` all files
 * that are gone and were not taken for deleted; where there are none, everything in the trash.
 */
export const restoreSome: Command<RestoreInput> = (context, { reference, all }) => {
  if (all === true && reference !== undefined) throw unclear()
  if (all === true) return restoreAll(context)
  if (reference === undefined && !canAsk(context)) throw unclear()
  return restoreOne(context, reference)
}

const restoreAll = async (context: CommandContext): Promise<Answer> =>
  changeProject(
    context,
    (project) => restoreEverything(project, context.globals.sync),
    async (project, { views, written, trashed }) => {
      const now: EntityView[] = []
      for (const view of views) now.push(await rereadEntity(project, view))
      if (now.length + written === 0) context.note('the trash is empty, and no file is gone')
      if (trashed > 0) {
        context.note(
          `the trash stays as it is (${trashed}): \`diptych trash\` lists it, \`diptych restore --all\` once more brings it back`,
        )
      }
      const again = written === 0 ? '' : `written again: ${counted(written, 'document')}\n`
      const lines = now.map((view) => restoredLine(context, 'restored', view))
      return answerOf(project, now, { written, lines: 0 }, [...lines, again].join(''))
    },
  )

const restoreOne = async (
  context: CommandContext,
  reference: string | undefined,
): Promise<Answer> =>
  changeProject(
    context,
    async (project) => restoreEntity(project, reference ?? (await chooseTrashed(project))),
    async (project, { view, from, file, line }) => {
      const now = await rereadEntity(project, view)
      const back = file ? 'written again' : 'back on its board'
      const when = context.globals.sync ? '' : ' with the next sync'
      const done = from === 'trash' ? 'restored' : `${back}${when}:`
      const counts = { written: file ? 1 : 0, lines: line ? 1 : 0 }
      const answer = answerOf(project, [now], counts, restoredLine(context, done, now))
      return { ...answer, about: [now.entity.id] }
    },
  )

async function chooseTrashed(project: Project): Promise<string> {
  const trash = await listTrash(project)
  if (trash.length === 0) {
    throw new DiptychError('not-found', { what: 'the trash is empty', hint: 'diptych status' })
  }
  const choices = trash.map((tombstone) => ({
    value: tombstone.entity.id as string,
    label: tombstoneTitle(tombstone),
    hint: `${tombstone.entity.id}, removed ${new Date(tombstone.deleted).toISOString().slice(0, 10)}`,
  }))
  return await askFiltered('What is to come back?', choices)
}

function answerOf(
  project: Project,
  views: readonly EntityView[],
  counts: { readonly written: number; readonly lines: number },
  text: string,
): Answer {
  const items = views.map((view) => entityJson(project, view))
  const json = { schemaVersion: SCHEMA_VERSION, kind: 'restore', items, ...counts }
  return { json, text: () => text, quiet: () => '' }
}

function restoredLine({ paint }: CommandContext, done: string, view: EntityView): string {
  const { entity, path } = view
  const place = path === null ? '' : `  ${paint.dim(printable(path))}\n`
  return `${done} ${paint.bold(entity.id)} ${printable(titleOf(entity))}\n${place}`
}

function unclear(): DiptychError {
  return new DiptychError('usage', {
    what: 'restore needs to know what',
    valid: ['an id or a title from `diptych trash`', '--all'],
    hint: 'diptych trash',
  })
}
