import { textOf } from '../../model/field.ts'
import type { UrgencyReason } from '../../model/rules/urgency.ts'
import { titleOf } from '../../model/title.ts'
import type { BlockedTask, NextTasks, ReadyTask } from '../../tasks/next-tasks.ts'
import type { Project } from '../../tasks/project.ts'
import type { EntityView } from '../../tasks/read-entity.ts'
import { counted } from '../../model/counted.ts'
import { presentRows, type Remark, type Screen, type TaskRow } from './task-rows.ts'

/** One task and what is said of it. */
type Row = Pick<TaskRow, 'title' | 'remarks'> & { readonly id: string }

/** The three lists of `next`, at most `limit` rows of each, with how many there are of all. */
export function presentNext(
  project: Project,
  { begun, ready, blocked }: NextTasks,
  limit: number,
  screen: Screen,
): string {
  const { paint } = screen
  const parts: readonly (readonly [string, number, readonly Row[]])[] = [
    ['in progress', begun.length, begun.slice(0, limit).map((view) => begunRow(project, view))],
    ['ready', ready.length, ready.slice(0, limit).map((task) => readyRow(project, task))],
    ['blocked', blocked.length, blocked.slice(0, limit).map(blockedRow)],
  ]
  return parts
    .filter(([, total]) => total > 0)
    .map(([name, total, rows]) => {
      const left = total - rows.length
      const more = left > 0 ? `  ${paint.dim(`… and ${left} more: --all`)}\n` : ''
      return `${paint.bold(name)} (${total})\n${presentRows(rows.map(withId), screen)}${more}`
    })
    .join('\n')
}

function withId({ id, title, remarks }: Row): TaskRow {
  return { lead: `  ${id} `, leadTint: 'bold', title, titleTint: null, remarks }
}

function begunRow(project: Project, { entity }: EntityView): Row {
  const at = (name: string): string => textOf(project.catalogue.task, entity.fields, name)
  const remarks: Remark[] = []
  if (at('status') !== 'in_progress') remarks.push({ text: at('status'), tint: 'cyan' })
  if (at('assignee') !== '') remarks.push({ text: `@${at('assignee')}`, tint: 'cyan' })
  if (at('priority') !== 'medium') remarks.push({ text: at('priority'), tint: 'yellow' })
  if (at('due') !== '') remarks.push({ text: `due ${at('due')}`, tint: 'dim' })
  return { id: entity.id, title: titleOf(entity), remarks }
}

function readyRow(project: Project, { entity, reasons }: ReadyTask): Row {
  const assignee = textOf(project.catalogue.task, entity.fields, 'assignee')
  const whose: readonly Remark[] = assignee === '' ? [] : [{ text: `@${assignee}`, tint: 'cyan' }]
  return { id: entity.id, title: titleOf(entity), remarks: [...reasons.map(remarkOf), ...whose] }
}

function remarkOf(reason: UrgencyReason): Remark {
  switch (reason.kind) {
    case 'urgent':
      return { text: 'urgent', tint: 'red' }
    case 'overdue':
      return { text: `overdue since ${reason.due}`, tint: 'red' }
    case 'high':
      return { text: 'high', tint: 'yellow' }
    case 'due':
      return { text: dueText(reason.days, reason.due), tint: 'yellow' }
    case 'unblocks':
      return { text: `unblocks ${counted(reason.count, 'other')}`, tint: 'dim' }
  }
}

function dueText(days: number, due: string): string {
  if (days === 0) return 'due today'
  return days === 1 ? 'due tomorrow' : `due in ${days} days, ${due}`
}

function blockedRow({ task, waitsFor }: BlockedTask): Row {
  const names = waitsFor.map(({ id, title, status, live }) => {
    const state = live ? (status || 'pending').replaceAll('_', ' ') : 'in the trash'
    return `${id} ${title} (${state})`
  })
  const text = names.length === 0 ? 'its status says so' : `waits for ${names.join(', ')}`
  return { id: task.id, title: titleOf(task), remarks: [{ text, tint: 'dim' }] }
}
