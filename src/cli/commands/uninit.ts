import { DiptychError } from '../../model/error.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { findProject } from '../../tasks/find-project.ts'
import type { ProjectLocation } from '../../tasks/project.ts'
import { carryOutUninit, planUninit, type UninitPlan } from '../../tasks/uninit-project.ts'
import { askYes, canAsk, stopped } from '../ask.ts'
import type { Command, CommandContext } from '../context.ts'
import { printable } from '../present/printable.ts'
import { syncShown } from '../sync-shown.ts'
import { openProject } from '../with-project.ts'

/** Arguments of `uninit`. */
export interface UninitInput {
  readonly yes?: boolean
  readonly dryRun?: boolean
  readonly force?: boolean
  readonly keepConfig?: boolean
}

/** `uninit`: takes back all that `init` and work added but the Markdown. */
export const uninitProject: Command<UninitInput> = async (context, input) => {
  const { yes = false, dryRun = false, force = false, keepConfig = false } = input
  const location = findProject(context.io.workingDirectory, context.globals.project)
  const manner = { keepConfig, dryRun, force }
  let plan = await makePlan(context, location, manner)
  announce(context, plan)
  if (!dryRun) {
    assertHarmless(plan, force)
    if (!yes) {
      await agree(context)
      // Others may have worked on while the question stood there.
      plan = await makePlan(context, location, manner)
      assertHarmless(plan, force)
    }
    carryOutUninit(plan)
  }
  const paths = plan.removals.map(({ path }) => path)
  const { losses } = plan
  const json = { schemaVersion: SCHEMA_VERSION, kind: 'uninit', ...location, dryRun, paths, losses }
  const done = `${location.folder} is plain Markdown now; diptych init makes it a project again\n`
  return { json, text: () => (dryRun ? 'nothing was done\n' : done), quiet: () => '' }
}

interface Manner {
  readonly keepConfig: boolean
  readonly dryRun: boolean
  readonly force: boolean
}

/** The plan for a project that is synchronized first; with `--force` also for one that cannot be opened. */
async function makePlan(
  context: CommandContext,
  location: ProjectLocation,
  { keepConfig, dryRun, force }: Manner,
): Promise<UninitPlan> {
  try {
    await using project = await openProject(context)
    await syncShown(context, project, { dryRun })
    return await planUninit(location, project, { keepConfig })
  } catch (error) {
    if (!force || !(error instanceof DiptychError)) throw error
    context.warn(printable(error.message))
    return await planUninit(location, null, { keepConfig })
  }
}

function announce(context: CommandContext, { location, removals, losses }: UninitPlan): void {
  const { paint } = context
  context.note(`taking back from ${printable(location.directory)}`)
  for (const { path, about, text } of removals) {
    const done = text === null ? 'removed' : 'shortened'
    context.note(`  ${path}  ${paint.dim(`${done}: ${about}`)}`)
  }
  context.note('every other file stays as it is; history and undo are lost')
  for (const loss of losses) context.warn(`in no file: ${printable(loss)}`)
}

async function agree(context: CommandContext): Promise<void> {
  if (!canAsk(context)) {
    throw new DiptychError('usage', {
      what: 'uninit wants to be told that you mean it',
      why: 'there is no terminal to ask at',
      hint: 'diptych uninit --yes, or diptych uninit --dry-run to see what it would do',
    })
  }
  if (!(await askYes('Take it all back?', false))) throw stopped()
}

function assertHarmless({ losses }: UninitPlan, force: boolean): void {
  if (losses.length === 0 || force) return
  throw new DiptychError('refused-by-rule', {
    what: 'something is in the database alone and would be lost',
    why: losses.join('; '),
    hint: 'diptych status, diptych trash; or diptych uninit --force, which loses it',
  })
}
