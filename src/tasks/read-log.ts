import { ENTITY_KINDS } from '../model/id.ts'
import type { HistoryPage } from '../ports/store.ts'
import { indexNames } from '../lens/name-index.ts'
import type { Project } from './project.ts'
import { resolveReference } from './resolve-reference.ts'

/** Which part of the history is wanted. `reference` null: of everything, trashed entities too. */
export interface LogRequest {
  readonly reference: string | null
  readonly limit: number
  readonly cursor: string | null
}

/** Committed changes, newest first. Throws what references throw. */
export async function readLog(project: Project, request: LogRequest): Promise<HistoryPage> {
  const { reference, limit, cursor } = request
  const page = { limit, ...(cursor === null ? {} : { cursor }) }
  if (reference === null) return project.store.history(page)
  const names = (await project.store.names()).map((name) => ({ ...name, live: true }))
  const { id } = resolveReference(indexNames(names), reference, ENTITY_KINDS)
  return project.store.history({ ...page, entity: id })
}
