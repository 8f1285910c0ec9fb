import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { entityDocument, type DocumentPath } from '../model/document.ts'
import { parseEntityId, type EntityId } from '../model/id.ts'
import type { Waiting } from '../ports/base-store.ts'
import type { Project } from './project.ts'

/** What of a live entity was taken away in the folder and comes back with the next synchronization. */
export interface Returning {
  readonly file: boolean
  readonly line: boolean
}

/**
 * Lets the next synchronization write the file of a live entity again where it is gone, and its line on
 * the board where that was taken off. Nothing else that is gone comes back with it.
 */
export async function returnToFolder(project: Project, id: EntityId): Promise<Returning> {
  return await project.engine.exclusive(async () => {
    const file = await forgetLostFile(project, id)
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
