import type { Work } from './measure.ts'
import type { ProjectFixture } from './project-fixture.ts'

/** What a family of rows measures on. */
export interface Bench {
  /** How many tasks the largest project has. */
  readonly tasks: number
  /** The imported project of so many tasks, at rest, that all families share. */
  readonly project: (tasks: number) => Promise<ProjectFixture>
  /** Measures a row, where it is asked for, and puts it into the table. */
  readonly measure: (work: Work) => Promise<void>
}

/** Rows that share what they measure on. */
export interface Family {
  /** Names of its rows; it does not run where none is asked for. */
  readonly rows: readonly string[]
  readonly run: (bench: Bench) => Promise<void>
}

/** Sizes at which a row shows how it grows: a tenth of the tasks, then all of them. */
export function growthSizes({ tasks }: Bench): readonly number[] {
  return tasks >= 1_000 ? [Math.round(tasks / 10), tasks] : [tasks]
}
