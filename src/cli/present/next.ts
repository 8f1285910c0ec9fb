import { textOf } from '../../model/field.ts'
import type { UrgencyReason } from '../../model/rules/urgency.ts'
import { titleOf } from '../../tasks/entity-title.ts'
import type { BlockedTask, NextTasks, ReadyTask } from '../../tasks/next-tasks.ts'
import type { Project } from '../../tasks/project.ts'
import type { EntityView } from '../../tasks/read-entity.ts'
import { columnsOf, cutTo, padTo } from './columns.ts'
import { counted } from './counted.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'

/** Columns that a title keeps however much there is to say about its task, and that it is given at most. */
const NARROWEST_TITLE = 24
const WIDEST_TITLE = 60
const GAP = '  '

/** One task and what is said of it, each part with its colour. */
interface Row {
  readonly id: string
  readonly title: string
  readonly remarks: readonly Remark[]
}

interface Remark {
  readonly text: string
  readonly tint: 'red' | 'yellow' | 'cyan' | 'dim'
}

/** The three lists of `next`, at most `limit` rows of each, with how many there are of all. */
export function presentNext(
  project: Project,
  { begun, ready, blocked }: NextTasks,
  limit: number,
  { paint, width }: { readonly paint: Paint; readonly width: number },
): string {
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
      return `${paint.bold(name)} (${total})\n${presentRows(rows, paint, width)}${more}`
    })
    .join('\n')
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

function presentRows(rows: readonly Row[], paint: Paint, width: number): string {
  const lines = rows.map(({ id, title, remarks }) => {
    const text = remarks.map((remark) => printable(remark.text)).join(' · ')
    return { id, title: printable(title), remarks, text }
  })
  const taken = GAP.length * 2 + longest(lines.map(({ id }) => id))
  const told = lines.filter(({ remarks }) => remarks.length > 0)
  const free = width - taken - GAP.length - longest(told.map(({ text }) => text))
  const fitting = Math.max(NARROWEST_TITLE, Math.min(free, WIDEST_TITLE))
  const column = Math.min(longest(told.map(({ title }) => title)), fitting)
  const isTerminal = Number.isFinite(width)
  return lines
    .map(({ id, title, remarks }) => {
      const head = `${GAP}${paint.bold(id)}${GAP}`
      if (remarks.length === 0) return `${head}${cutTo(title, width - taken)}\n`
      const shown = padTo(isTerminal ? cutTo(title, column) : title, column)
      const room = width - taken - GAP.length - column
      return `${head}${shown}${GAP}${paintRemarks(remarks, room, paint)}`.trimEnd() + '\n'
    })
    .join('')
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(columnsOf))
}

/** Remarks side by side in `room` columns; the one that does not fit is cut, and those behind it left out. */
function paintRemarks(remarks: readonly Remark[], room: number, paint: Paint): string {
  let left = room
  const shown: string[] = []
  for (const { text, tint } of remarks) {
    const whole = printable(text)
    if (left < 2) break
    shown.push(paint[tint](cutTo(whole, left)))
    left -= columnsOf(whole) + 3
  }
  return shown.join(paint.dim(' · '))
}
