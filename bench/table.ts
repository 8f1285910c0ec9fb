import { type Goal, judge } from './goal.ts'
import type { Row, Unit } from './measure.ts'

const HEAD = [
  'row',
  'tasks',
  'median',
  'p99',
  'spread',
  'n',
  'growth',
  'floor',
  'ratio',
  'goal',
] as const

/** How much of a line's columns are words, which stand to the left. */
const WORDS: ReadonlySet<string> = new Set(['row', 'floor', 'goal'])

/** Lays rows out as an aligned table: each row one line, further floors and goals on lines below it. */
export function renderTable(rows: readonly Row[]): string {
  const lines = [[...HEAD], ...rows.flatMap((row) => linesOf(row, smallerOf(row, rows)))]
  const widths = HEAD.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  return lines
    .map((line) =>
      line
        .map((cell, column) => pad(cell, column, widths))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function pad(cell: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0
  return WORDS.has(HEAD[column] ?? '') ? cell.padEnd(width) : cell.padStart(width)
}

/** The same row with a tenth of the tasks, where the run has it. */
export function smallerOf(row: Row, rows: readonly Row[]): Row | null {
  const { name, tasks } = row
  if (tasks === null) return null
  return rows.find((other) => other.name === name && other.tasks === Math.round(tasks / 10)) ?? null
}

function linesOf(row: Row, smaller: Row | null): string[][] {
  const { name, about, tasks, unit, figures, floors, goals } = row
  const { median, p99, spread, samples } = figures
  const count = Math.max(1, floors.length, goals.length)
  return Array.from({ length: count }, (_, line) => {
    const first = line === 0
    const floor = floors[line]
    const goal = goals[line]
    return [
      first ? `${name}: ${about}` : '',
      first && tasks !== null ? tasks.toLocaleString('en') : '',
      first ? amount(median, unit) : '',
      first ? amount(p99, unit) : '',
      first ? `${(spread * 100).toFixed(0)} %` : '',
      first ? String(samples) : '',
      first && smaller !== null ? `× ${(median / smaller.figures.median).toFixed(1)}` : '',
      floor === undefined ? '' : `${floor.name} ${amount(floor.figures.median, unit)}`,
      floor === undefined ? '' : `× ${(median / floor.figures.median).toFixed(2)}`,
      goal === undefined ? '' : `${goalText(goal, unit)}: ${judge(goal, row, smaller)}`,
    ]
  })
}

function goalText(goal: Goal, unit: Unit): string {
  switch (goal.kind) {
    case 'median':
    case 'p99':
      return `${goal.kind} ≤ ${amount(goal.most, unit)}`
    case 'ratio':
      return `≤ ${goal.most} × ${goal.floor}`
    case 'above':
      return `≤ ${goal.floor} + ${amount(goal.most, unit)}`
    case 'growth':
      return `growth ≤ × ${goal.most}`
  }
}

function amount(value: number, unit: Unit): string {
  if (unit === 'MB') return `${value.toFixed(0)} MB`
  if (value < 1) return `${(value * 1000).toFixed(value < 0.1 ? 1 : 0)} µs`
  return value < 10 ? `${value.toFixed(2)} ms` : `${value.toFixed(value < 100 ? 1 : 0)} ms`
}
