import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { planInit, writeInit, type InitOptions, type InitPlan } from '../../tasks/init-project.ts'
import { resolve } from 'node:path'
import { DiptychError } from '../../model/error.ts'
import { SESSIONS_FOLDER } from '../../model/layout.ts'
import { askChoice, askText, canAsk, stopped } from '../ask.ts'
import type { Command, CommandContext } from '../context.ts'

/** Arguments of `init`, as they are typed. */
export interface InitInput {
  readonly folder?: string
  readonly layout?: string
  readonly lists?: string
  readonly yes?: boolean
}

const LAYOUTS = ['flat', 'by-status'] as const
const LISTS = ['tracked', 'local'] as const

/** `init`: makes a directory a project. The second time it says so and changes nothing. */
export const initProject: Command<InitInput> = async (context, input) => {
  const directory = resolve(context.io.workingDirectory, context.globals.project ?? '.')
  const options: InitOptions = {
    ...(input.folder === undefined ? {} : { folder: input.folder }),
    ...(input.layout === undefined ? {} : { layout: oneOf('--layout', input.layout, LAYOUTS) }),
    ...(input.lists === undefined ? {} : { lists: oneOf('--lists', input.lists, LISTS) }),
  }
  const plan = await confirmPlan(context, directory, options, input.yes ?? false)
  writeInit(plan)
  const { location, existing, lists } = plan
  const files = plan.files.map(({ path }) => path)
  const json = { schemaVersion: SCHEMA_VERSION, kind: 'init', ...location, existing, lists, files }
  const text = (): string => (existing ? already(plan) : welcome(context, plan))
  return { json, text, quiet: () => '' }
}

/** The plan that a person at the terminal agrees to; else, as it is announced. Throws `interrupted`. */
async function confirmPlan(
  context: CommandContext,
  directory: string,
  options: InitOptions,
  agreed = false,
): Promise<InitPlan> {
  const plan = planInit(directory, options)
  if (plan.files.length === 0) return plan
  announce(context, plan)
  if (agreed || !canAsk(context)) return plan
  const answer = await askChoice('Write these files?', [
    { value: 'yes', label: 'yes' },
    { value: 'other', label: 'with another folder, layout or lists' },
    { value: 'no', label: 'no' },
  ])
  if (answer === 'no') throw stopped()
  return answer === 'yes' ? plan : confirmPlan(context, directory, await askOptions(plan))
}

async function askOptions({ location, lists }: InitPlan): Promise<InitOptions> {
  const own = { placeholder: location.folder, fallback: location.folder }
  const folder = await askText('Name of the folder?', own)
  const layout = await askChoice('Where do task files stand?', [
    { value: 'flat', label: 'flat', hint: 'tasks/<id>-<title>.md' },
    { value: 'by-status', label: 'by-status', hint: 'files move as their status changes' },
  ])
  const tracked = {
    value: 'tracked',
    label: 'tracked',
    hint: 'git has board and overview',
  } as const
  const local = { value: 'local', label: 'local', hint: 'git leaves them out' } as const
  const where = await askChoice(
    'Are board and overview tracked by git?',
    lists === 'local' ? [local, tracked] : [tracked, local],
  )
  return { folder, layout, lists: where }
}

function oneOf<Word extends string>(option: string, text: string, valid: readonly Word[]): Word {
  const known = valid.find((word) => word === text)
  if (known !== undefined) return known
  throw new DiptychError('invalid-value', {
    what: `${option} cannot be \`${text}\``,
    valid,
    hint: `${option} ${valid[0]}`,
  })
}

function announce(context: CommandContext, plan: InitPlan): void {
  context.note(`writing to ${plan.location.directory}`)
  for (const { path, about } of plan.files) context.note(`  ${path}  ${context.paint.dim(about)}`)
  context.note(`board and overview are ${plan.lists}: ${plan.because}`)
}

function already({ location }: InitPlan): string {
  return `${location.directory} is a project already (${location.folder}); nothing was changed\n`
}

function welcome({ paint }: CommandContext, { location }: InitPlan): string {
  const { folder, directory } = location
  return (
    `${paint.green('ready:')} ${folder} in ${directory}\n` +
    `next: ${paint.cyan("diptych task add 'First task'")}\n` +
    paint.dim(`then: open ${folder}/${SESSIONS_FOLDER} in any editor; what you save there counts`) +
    '\n'
  )
}
