import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import { openSqliteBaseStore } from '../../src/store/sqlite/open-sqlite-base-store.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { createItem } from '../../src/tasks/create-item.ts'
import type { Ports } from './engine-process.ts'
import { makeMemoryFolder } from './memory-folder.ts'
import { checkAtRest } from './oracles.ts'
import { seeded } from './random.ts'
import { type Step, drawSteps } from './step.ts'
import type { VirtualDisk } from './virtual-disk.ts'
import { World } from './world.ts'

/** A run, decided by its seed, or by its steps where it was cut down. */
export interface Scenario {
  readonly seed: number
  readonly steps: readonly Step[]
}

/** How a run ended. */
export interface RunOutcome {
  /** What went wrong, or null. */
  readonly failure: string | null
  /** Digest of every call that was made. */
  readonly trace: string
}

/** Wraps the ports of an engine; a planted fault is one. */
export type Plant = (ports: Ports, disk: VirtualDisk) => Ports

export const NO_PLANT: Plant = (ports) => ports

/** A folder with new, empty databases, from which every world takes its own. */
export class Template implements AsyncDisposable {
  readonly folder: string = makeMemoryFolder()

  /** Makes the databases. Call once before the first run. */
  async fill(): Promise<void> {
    const path = join(this.folder, 'orchestrator.db')
    await using _store = await openSqliteStore({ path, catalogue: STANDARD_CATALOGUE })
    await using _base = await openSqliteBaseStore({ path: join(this.folder, 'state.db') })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The scenario of a seed. */
export function drawScenario(seed: number, count: number): Scenario {
  return { seed, steps: drawSteps(seeded(seed), count) }
}

/** Runs a scenario to its end and checks it. Never rejects: whatever is thrown is the failure. */
export async function runScenario(
  template: Template,
  { seed, steps }: Scenario,
  plant: Plant = NO_PLANT,
  onFailure: (world: World) => Promise<void> = async () => {},
): Promise<RunOutcome> {
  const options = { seed, template: template.folder, plant }
  await using world = new World(options)
  try {
    await begin(world)
    for (const step of steps) await world.take(step)
    await checkAtRest(world, options)
    return { failure: null, trace: world.trace() }
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error)
    await onFailure(world)
    return { failure, trace: world.trace() }
  }
}

/** A session with a group and five tasks, in both panels. */
export async function begin(world: World): Promise<void> {
  const { project } = await world.process(0)
  await createItem(project, 'group', { title: 'Backend', assignments: [] })
  for (let index = 0; index < 5; index++) {
    const group = index < 3 ? [{ field: 'group', raw: 'Backend' }] : []
    const title = world.ledger.fresh()
    world.ledger.owe(title, 'committed')
    await createItem(project, 'task', { title, assignments: group })
  }
  await world.sync(0, { during: [], mishap: { kind: 'none' }, accept: false })
}

/** Cuts a failing scenario down to fewer and simpler steps that still fail. */
export async function shrink(
  template: Template,
  scenario: Scenario,
  plant: Plant = NO_PLANT,
): Promise<Scenario> {
  let best = scenario
  const tryOut = async (steps: readonly Step[]): Promise<boolean> => {
    const smaller = { ...best, steps }
    const fails = (await runScenario(template, smaller, plant)).failure !== null
    if (fails) best = smaller
    return fails
  }
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    let at = 0
    while (at < best.steps.length) {
      if (!(await tryOut(best.steps.toSpliced(at, size)))) at += size
    }
  }
  for (const at of best.steps.keys()) {
    const step = best.steps[at]
    if (step?.kind !== 'sync') continue
    for (const simpler of simplerSyncs(step)) await tryOut(best.steps.with(at, simpler))
  }
  return best
}

function simplerSyncs(step: Extract<Step, { kind: 'sync' }>): readonly Step[] {
  return [
    { ...step, both: false },
    { ...step, mishap: { kind: 'none' } },
    { ...step, during: [] },
    ...step.during.map((_, index) => ({ ...step, during: step.during.toSpliced(index, 1) })),
  ]
}
