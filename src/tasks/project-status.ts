import type { SyncHealth } from '../engine/sync-engine.ts'
import type { NameIndex } from '../lens/name-index.ts'
import type { DiagnosticCode } from '../model/diagnostic.ts'
import type { Conflict } from '../model/conflict.ts'
import type { Entity, EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import type { StatusCount } from '../ports/store.ts'
import { readNames } from './read-names.ts'
import { currentSession } from './current-session.ts'
import { titleOf } from '../model/title.ts'
import { READY_STATUSES } from './list-entities.ts'
import { firstReady } from './next-tasks.ts'
import type { Project } from './project.ts'

/** One thing to do next, as a sentence and a command. */
interface NextStep {
  readonly what: string
  readonly command: string
}

/** State of a project at one look. */
export interface ProjectStatus {
  readonly session: EntityName | null
  /** Live entities of all sessions by kind and status. */
  readonly counts: readonly StatusCount[]
  /** How many tasks could begin now, and the one that presses most. */
  readonly ready: number
  readonly nextTask: Entity | null
  readonly conflicts: readonly Conflict[]
  readonly health: SyncHealth
  /** Tasks whose lines were removed from a board and wait for a word. */
  readonly offBoard: readonly EntityName[]
  readonly next: NextStep
}

/** Reads the state of a project. */
export async function readStatus(project: Project): Promise<ProjectStatus> {
  const { store } = project
  const index = await readNames(project)
  const waiting = { kind: 'task', ready: true, statuses: READY_STATUSES } as const
  const ready = await store.find({ ...waiting, limit: 1 })
  const state = {
    session: await currentSession(project, index),
    counts: await store.counts(null),
    ready: ready.total,
    nextTask: ready.total === 0 ? null : await firstReady(project, index),
    conflicts: await store.conflicts(),
    health: await project.engine.health(),
  }
  return { ...state, offBoard: offBoardTasks(state.health, index), next: nextStep(state) }
}

function offBoardTasks(health: SyncHealth, index: NameIndex): readonly EntityName[] {
  const ids = new Set<EntityId>(health.waiting.flatMap((waiting) => waiting.offBoard))
  return [...ids].flatMap((id) => index.names.get(id) ?? []).filter((name) => name.live)
}

function nextStep(
  state: Pick<ProjectStatus, 'conflicts' | 'health' | 'counts' | 'nextTask'>,
): NextStep {
  const { conflicts, health, counts, nextTask } = state
  if (health.paused !== null) {
    return { what: 'finish what git is doing, then bring both together', command: 'diptych sync' }
  }
  const held = heldStep(health)
  if (held !== null) return held
  if (conflicts.length > 0) {
    return { what: 'look at what was changed on both sides', command: 'diptych conflicts' }
  }
  if (nextTask !== null) {
    return {
      what: `begin with "${titleOf(nextTask)}"`,
      command: `diptych task start ${nextTask.id}`,
    }
  }
  const open = counts.some(({ kind, status }) => kind === 'task' && status === 'in_progress')
  if (open) {
    return { what: 'finish what is in work', command: 'diptych task list --status in_progress' }
  }
  return { what: 'write down what is to be done', command: "diptych task add 'First task'" }
}

/** Codes of warnings that say that something is not taken yet; other warnings only ask for a look. */
const NOT_TAKEN: ReadonlySet<DiagnosticCode> = new Set(['held', 'missing', 'renamed?', 'unstable'])

/** What to do about documents of which something is not taken; null where there are none. */
function heldStep({ waiting }: SyncHealth): NextStep | null {
  const all = waiting.flatMap(({ diagnostics }) => diagnostics)
  if (all.some(({ code }) => code === 'mass-deletion')) {
    return {
      what: 'many files are gone; have them written again, or, if it was meant, `diptych sync --accept-deletions`',
      command: 'diptych restore --all',
    }
  }
  if (all.some(({ severity }) => severity === 'error')) {
    return { what: 'mend the documents that could not be read', command: 'diptych check' }
  }
  const held = all.some(({ code }) => NOT_TAKEN.has(code))
  return held ? { what: 'look at the documents that are held', command: 'diptych check' } : null
}
