import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { saveDocument } from '../engine/save-document.ts'
import type { DiagnosticCode } from '../model/diagnostic.ts'
import { DiptychError } from '../model/error.ts'
import { entityDocument, type DocumentPath } from '../model/document.ts'
import { parseEntityId, type EntityId } from '../model/id.ts'
import type { Waiting } from '../ports/base-store.ts'
import type { Project } from './project.ts'

/** What of a live entity was taken away in the folder and comes back, a missing one with the next synchronization. */
export interface Returning {
  readonly file: boolean
  readonly line: boolean
}

/**
 * Lets the next synchronization write the file of a live entity again where it is gone, and its line on
 * the board where that was taken off. A file of which something is held gets the text on which both
 * sides last agreed; what stands in it is kept. Nothing else comes back with it.
 *
 * Throws `stale-revision` where someone saves the file at this moment.
 */
export async function returnToFolder(project: Project, id: EntityId): Promise<Returning> {
  return await project.engine.exclusive(async () => {
    const file = (await forgetLostFile(project, id)) || (await rewriteHeldFile(project, id))
    const line = await forgetRemovedLine(project, id)
    return { file, line }
  })
}

/** Without an agreement about it, a live entity's missing file is one that was never written. */
async function forgetLostFile(project: Project, id: EntityId): Promise<boolean> {
  const key = entityDocument(id)
  const [agreed] = await project.base.agreed([key])
  if (agreed === undefined || isThere(project, agreed.path)) return false
  const due: Waiting = {
    key,
    path: agreed.path,
    hash: null,
    since: project.clock.now(),
    diagnostics: [],
    offBoard: [],
  }
  await project.base.record({ forgotten: [key], unseen: [agreed.path], waiting: [due] })
  return true
}

/** What says that a file lacks something that it had. */
const LACKING: ReadonlySet<DiagnosticCode> = new Set(['held', 'missing', 'renamed?', 'unclosed'])

/** Saves the last agreed text into a file that is held, as a person would who takes it from a backup. */
async function rewriteHeldFile(project: Project, id: EntityId): Promise<boolean> {
  const key = entityDocument(id)
  const waiting = (await project.base.waiting()).find((entry) => entry.key === key)
  const lacks = waiting?.diagnostics.some(({ code }) => LACKING.has(code)) ?? false
  const [agreed] = lacks ? await project.base.agreed([key]) : []
  if (agreed === undefined) return false
  const { path, text } = agreed
  const found = (await project.folder.read([path])).get(path)
  if (found?.kind !== 'read') return false
  const outcome = await saveDocument(project, { path, text, expected: found.hash })
  if (outcome.kind === 'saved') return true
  throw new DiptychError('stale-revision', {
    what: `${path} was not written again`,
    why:
      outcome.kind === 'refused' ? outcome.diagnostic.message : 'someone saves it at this moment',
    hint: 'run the command again',
    place: path,
  })
}

async function forgetRemovedLine(project: Project, id: EntityId): Promise<boolean> {
  const boards = (await project.base.waiting()).filter(({ offBoard }) => offBoard.includes(id))
  const waiting = boards.map((entry) => ({
    ...entry,
    offBoard: entry.offBoard.filter((other) => other !== id),
    diagnostics: entry.diagnostics.filter(({ code }) => code !== 'off-board'),
  }))
  if (waiting.length > 0) await project.base.record({ waiting })
  return waiting.length > 0
}

/** Paths of the documents of entities whose files are gone although both sides had agreed on them. */
export async function lostFiles(project: Project): Promise<readonly DocumentPath[]> {
  const entries = await project.base.agreedIndex()
  return entries
    .filter(({ key, path }) => parseEntityId(key) !== null && !isThere(project, path))
    .map(({ path }) => path)
}

/** Whether a document's file is there, of whatever kind it is. */
export function isThere({ location }: Project, path: DocumentPath): boolean {
  const file = join(location.directory, location.folder, path)
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined
}
