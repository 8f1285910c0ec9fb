import { DiptychError } from '../../model/error.ts'
import { entityJson, SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { titleOf } from '../../model/title.ts'
import { nextTasks, type NextRequest, type NextTasks } from '../../tasks/next-tasks.ts'
import type { Project } from '../../tasks/project.ts'
import type { Command } from '../context.ts'
import { presentNext } from '../present/next.ts'
import { printable } from '../present/printable.ts'
import { withProject } from '../with-project.ts'
import { readInteger } from './field-options.ts'

/** Rows of each list unless told otherwise: what one can take in at a look. */
const SHOWN = 5

/** Arguments of `next`. */
export interface NextInput extends NextRequest {
  readonly all?: boolean
  readonly limit?: string
}

/** `next`: what is in hand, what could begin and why, what is blocked by what, and the command to go on. */
export const showNext: Command<NextInput> = (context, input) => {
  const limit = readLimit(input)
  return withProject(context, async (project) => {
    const found = await nextTasks(project, input)
    const step = nextStep(found)
    const { paint } = context
    const lists = (): string =>
      presentNext(project, found, limit, { paint, width: context.io.stdout.columns })
    const last = `next: ${printable(step.what)}: ${paint.cyan(printable(step.command))}\n`
    const isEmpty = found.begun.length + found.ready.length + found.blocked.length === 0
    return {
      json: {
        schemaVersion: SCHEMA_VERSION,
        kind: 'next',
        ...jsonOf(project, found, limit),
        next: step,
      },
      overall: true,
      text: () => `${lists()}${isEmpty ? '' : '\n'}${last}`,
      quiet: lists,
    }
  })
}

function readLimit({ all, limit }: NextInput): number {
  if (all === true && limit !== undefined) {
    throw new DiptychError('usage', {
      what: '--all and --limit exclude each other',
      hint: 'diptych next --all',
    })
  }
  return all === true ? Number.POSITIVE_INFINITY : (readInteger('--limit', limit) ?? SHOWN)
}

function jsonOf(
  project: Project,
  { actor, begun, ready, blocked }: NextTasks,
  limit: number,
): Readonly<Record<string, unknown>> {
  return {
    actor,
    inProgress: begun.slice(0, limit).map((view) => entityJson(project, view)),
    ready: ready
      .slice(0, limit)
      .map((task) => ({ ...entityJson(project, task), reasons: task.reasons })),
    blocked: blocked.slice(0, limit).map(({ task, waitsFor }) => ({
      id: task.id,
      title: titleOf(task),
      waitsFor: waitsFor.map(({ id, title, status, live }) => {
        return { id, title, status: live ? status || 'pending' : 'trashed' }
      }),
    })),
    totals: { inProgress: begun.length, ready: ready.length, blocked: blocked.length },
  }
}

function nextStep({ begun, ready, blocked }: NextTasks): { what: string; command: string } {
  const [best] = ready
  if (best !== undefined) {
    const { id } = best.entity
    return { what: `begin with "${titleOf(best.entity)}"`, command: `diptych task start ${id}` }
  }
  const [hand] = begun
  if (hand !== undefined) {
    const { id } = hand.entity
    return { what: `finish "${titleOf(hand.entity)}"`, command: `diptych task done ${id}` }
  }
  const [stuck] = blocked
  if (stuck !== undefined) {
    const cause = stuck.waitsFor[0]
    if (cause === undefined || cause.live) {
      const id = cause?.id ?? stuck.task.id
      return { what: 'nothing is ready; look at what blocks', command: `diptych task show ${id}` }
    }
    return { what: 'what blocks is in the trash', command: `diptych restore ${cause.id}` }
  }
  return { what: 'write down what is to be done', command: "diptych task add 'First task'" }
}
