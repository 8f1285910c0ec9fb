import { type DependencyGraph, selectGraph } from '../lens/dependency-graph.ts'
import type { NameIndex } from '../lens/name-index.ts'
import { DiptychError } from '../model/error.ts'
import type { EntityName } from '../model/entity.ts'
import { compareRanks } from '../plan/board-order.ts'
import { currentSession } from './current-session.ts'
import type { Project } from './project.ts'
import { readNames } from './read-names.ts'
import { resolveReference } from './resolve-reference.ts'

/** Which part of the graph is wanted; what is absent does not filter. */
export interface GraphQuestion {
  /** A task whose surroundings are wanted, through all sessions. */
  readonly reference?: string
  /** Absent: the current one. */
  readonly session?: string
  readonly group?: string
  /** Tasks that are over too. */
  readonly all?: boolean
}

/** Most tasks of one answer: more is no picture, and code hosts stop drawing. */
const MOST = 150

/**
 * Reads what waits for what and what is a part of what: around one task, or of the open tasks of a
 * session or a group. Throws what references throw, `usage` where a task and a place are given.
 */
export async function readGraph(
  project: Project,
  question: GraphQuestion,
): Promise<DependencyGraph> {
  const { reference, session, group, all = false } = question
  if (reference !== undefined && (session !== undefined || group !== undefined)) throw bothGiven()
  const index = await readNames(project)
  const around = reference === undefined ? null : resolveReference(index, reference, ['task']).id
  const among = around === null ? await placeFilter(project, index, question) : () => true
  const tasks = [...index.names.values()].sort(compareRanks)
  const edges = await project.store.edges()
  return selectGraph(tasks, edges, { among, around, finished: all, most: MOST })
}

async function placeFilter(
  project: Project,
  index: NameIndex,
  { session, group }: GraphQuestion,
): Promise<(task: EntityName) => boolean> {
  const inGroup = group === undefined ? null : resolveReference(index, group, ['group'])
  const place =
    session === undefined
      ? await currentSession(project, index)
      : resolveReference(index, session, ['session'])
  if (inGroup !== null && session === undefined) return (task) => task.group === inGroup.id
  return (task) =>
    task.session === (place?.id ?? null) && (inGroup === null || task.group === inGroup.id)
}

function bothGiven(): DiptychError {
  return new DiptychError('usage', {
    what: 'a graph is of one task, or of a session or group',
    hint: 'leave --session and --group out: what surrounds a task is shown wherever it is',
  })
}
