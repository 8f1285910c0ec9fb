import type { Row } from './measure.ts'

/** Tasks for which the goals are set. */
export const GOAL_TASKS = 10_000

/** What a row should reach: a figure of its own, a ratio of medians to a floor's, a distance from it, or a ratio to the same work with a tenth of the tasks. */
export type Goal =
  | { readonly kind: 'median' | 'p99'; readonly most: number }
  | { readonly kind: 'ratio' | 'above'; readonly floor: string; readonly most: number }
  | { readonly kind: 'growth'; readonly most: number }

/** Whether a goal is reached; `unknown` where this run cannot tell. */
export type Verdict = 'met' | 'missed' | 'unknown'

/** Holds a row against one of its goals. `smaller` is the same row with a tenth of the tasks. */
export function judge(goal: Goal, row: Row, smaller: Row | null): Verdict {
  if (row.tasks !== null && row.tasks !== GOAL_TASKS) return 'unknown'
  const value = valueOf(goal, row, smaller)
  if (value === null) return 'unknown'
  return value <= goal.most ? 'met' : 'missed'
}

function valueOf(goal: Goal, row: Row, smaller: Row | null): number | null {
  switch (goal.kind) {
    case 'median':
    case 'p99':
      return row.figures[goal.kind]
    case 'ratio':
      return compare(row, goal.floor, (own, floor) => own / floor)
    case 'above':
      return compare(row, goal.floor, (own, floor) => own - floor)
    case 'growth':
      return smaller === null ? null : row.figures.median / smaller.figures.median
  }
}

/** Compares the median of a row with that of one of its floors. */
function compare(
  row: Row,
  floor: string,
  by: (own: number, floor: number) => number,
): number | null {
  const found = row.floors.find(({ name }) => name === floor)
  return found === undefined ? null : by(row.figures.median, found.figures.median)
}
