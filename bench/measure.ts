import type { Goal } from './goal.ts'

/**
 * Does one piece of work and gives its time in milliseconds. It times the work alone, not what sets
 * it up or checks it, and throws where the result is wrong: a wrong result has no time.
 */
export type Sampler = () => number | Promise<number>

/** What a row costs at least: the same kind of work with nothing around it. */
export interface Floor {
  readonly name: string
  readonly sample: Sampler
}

/** A row to be measured. */
export interface Work {
  /** Short name, by which `--only` asks for it. */
  readonly name: string
  readonly about: string
  /** How many tasks there are while it runs; null where their number does not matter. */
  readonly tasks: number | null
  readonly unit: Unit
  readonly goals: readonly Goal[]
  readonly floors: readonly Floor[]
  readonly sample: Sampler
  /** Samples unless the command line says how many. */
  readonly samples: number
  /** Rounds that are run first and not counted; 1 unless given. */
  readonly warmUps?: number
}

export type Unit = 'ms' | 'MB'

/** A distribution in figures, in the unit of its row. */
interface Figures {
  readonly samples: number
  readonly least: number
  readonly median: number
  readonly p99: number
  readonly most: number
  /** Distance of the quartiles as a share of the median. */
  readonly spread: number
}

/** A row with its figures and those of its floors, which were taken in turns with it. */
export interface Row extends Omit<Work, 'floors' | 'sample' | 'samples' | 'warmUps'> {
  readonly figures: Figures
  readonly floors: readonly { readonly name: string; readonly figures: Figures }[]
}

/** Samples a row and its floors by turns, each round in another order, so that noise falls on all alike. */
export async function measure(work: Work, samples: number = work.samples): Promise<Row> {
  const samplers = [work.sample, ...work.floors.map((floor) => floor.sample)]
  for (let round = 0; round < (work.warmUps ?? 1); round++) {
    for (const sample of samplers) await sample()
  }
  const taken = samplers.map((): number[] => [])
  for (let round = 0; round < samples; round++) {
    for (let turn = 0; turn < samplers.length; turn++) {
      const which = (round + turn) % samplers.length
      const value = (await samplers[which]?.()) ?? Number.NaN
      taken[which]?.push(value)
    }
  }
  const [own, ...others] = taken.map(figuresOf)
  if (own === undefined) throw new Error(`${work.name} has no sampler`)
  const floors = work.floors.map(({ name }, i) => ({ name, figures: others[i] ?? own }))
  const { name, about, tasks, unit, goals } = work
  return { name, about, tasks, unit, goals, figures: own, floors }
}

/** Figures of some samples. Throws where there is none, or one that is no number. */
function figuresOf(values: readonly number[]): Figures {
  if (values.length === 0) throw new Error('there are no samples')
  if (values.some((value) => !Number.isFinite(value))) throw new Error('a sample is no number')
  const sorted = values.toSorted((a, b) => a - b)
  const median = quantile(sorted, 0.5)
  return {
    samples: sorted.length,
    least: quantile(sorted, 0),
    median,
    p99: quantile(sorted, 0.99),
    most: quantile(sorted, 1),
    spread: (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / median,
  }
}

/** The smallest value that a share `q` of all does not exceed; the p99 of fewer than 100 is their greatest. */
function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN
}
