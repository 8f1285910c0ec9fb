import type * as Prompts from '@clack/prompts'
import { DiptychError } from '../model/error.ts'
import type { CommandContext } from './context.ts'
import { NARROWEST } from './io.ts'
import { printable } from './present/printable.ts'

/** One of the answers to a question. */
export interface Choice<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly hint?: string
}

/** Most choices that are shown at a time; typing filters the rest. */
const SHOWN = 10

/**
 * Whether someone sits there to be asked: a terminal for what is typed and for what is said beside the
 * data, and neither `--no-input` nor `--json`.
 */
export function canAsk({ io, globals }: CommandContext): boolean {
  return io.stdin.isTTY && io.stderr.isTTY && globals.input && !globals.json
}

/** Columns of a terminal that does not know its width. */
const COLUMNS = 80

/** Loads what asks. It knows of colours by the environment alone, and believes any width it is told. */
async function loadPrompts(): Promise<typeof Prompts> {
  if (!(process.stderr.columns >= NARROWEST)) process.stderr.columns = COLUMNS
  if (process.argv.includes('--no-color')) process.env['NO_COLOR'] = '1'
  return await import('@clack/prompts')
}

/**
 * Asks for a line of text, which is `fallback` where nothing is typed, and else must not be blank.
 * Throws `interrupted`, as all questions do, on ctrl-c and escape.
 */
export async function askText(
  message: string,
  { placeholder = '', fallback }: { readonly placeholder?: string; readonly fallback?: string },
): Promise<string> {
  const { text, isCancel } = await loadPrompts()
  const answer = await text({
    message,
    placeholder,
    output: process.stderr,
    ...(fallback === undefined ? {} : { defaultValue: fallback }),
    validate: (typed) =>
      fallback === undefined && (typed ?? '').trim() === '' ? 'Type a few words.' : undefined,
  })
  if (isCancel(answer)) throw stopped()
  return fallback !== undefined && answer.trim() === '' ? fallback : answer
}

/** Asks a question that is answered with yes or no. */
export async function askYes(message: string, initial: boolean): Promise<boolean> {
  const { confirm, isCancel } = await loadPrompts()
  const answer = await confirm({ message, initialValue: initial, output: process.stderr })
  if (isCancel(answer)) throw stopped()
  return answer
}

/** Asks for one of a few choices. */
export async function askChoice<Value extends string>(
  message: string,
  choices: readonly Choice<Value>[],
): Promise<Value> {
  const { select, isCancel } = await loadPrompts()
  const answer = await select<string>({
    message,
    options: choices.map(harmless),
    output: process.stderr,
  })
  if (isCancel(answer)) throw stopped()
  return answer as Value
}

/** Asks for one of many choices, which typing filters. */
export async function askFiltered<Value extends string>(
  message: string,
  choices: readonly Choice<Value>[],
): Promise<Value> {
  const { autocomplete, isCancel } = await loadPrompts()
  const answer = await autocomplete<string>({
    message,
    options: choices.map(harmless),
    maxItems: SHOWN,
    placeholder: 'type to filter',
    output: process.stderr,
  })
  if (isCancel(answer)) throw stopped()
  return answer as Value
}

function harmless({ value, label, hint }: Choice<string>): Choice<string> {
  const shown = { value, label: printable(label) }
  return hint === undefined ? shown : { ...shown, hint: printable(hint) }
}

/** The error of a question that nobody wanted to answer. */
export function stopped(): DiptychError {
  return new DiptychError('interrupted', {
    what: 'stopped; nothing was changed',
    hint: 'run it again whenever you like',
  })
}
