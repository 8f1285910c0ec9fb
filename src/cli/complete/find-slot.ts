import type { Command as Parser, Option } from 'commander'

/** What the word that is being typed stands for. */
export type Slot =
  | { readonly kind: 'command'; readonly command: Parser }
  | { readonly kind: 'option'; readonly command: Parser }
  /** Value of an option, by its long name without dashes; `prefix` stands before it in the same word. */
  | {
      readonly kind: 'value'
      readonly command: Parser
      readonly option: string
      readonly prefix: string
    }
  | { readonly kind: 'argument'; readonly command: Parser; readonly name: string }

/** A command line up to the word that is being typed. */
export interface Typed {
  readonly slot: Slot | null
  /** What of the last word is there already, without the slot's prefix. */
  readonly word: string
  /** Directory that `--project` named before, or null. */
  readonly project: string | null
}

/**
 * Finds out what the last of `words` is to become. Total: words that no command takes lead to a null
 * slot. A lone `=` between two words, as bash splits them, is passed over.
 */
export function findSlot(root: Parser, words: readonly string[]): Typed {
  const whole = words.filter((word, at) => word !== '=' || at === words.length - 1)
  const before = whole.slice(0, -1)
  const last = whole.at(-1) === '=' ? '' : (whole.at(-1) ?? '')
  let command = root
  let [taken, plain] = [0, false]
  let pending: Option | null = null
  let project: string | null = null
  for (const word of before) {
    if (pending !== null) {
      if (pending.long === '--project') project = word
      pending = null
    } else if (word === '--') plain = true
    else if (!plain && word.startsWith('-')) pending = wantsValue(command, root, word)
    else {
      const next = taken === 0 ? command.commands.find((sub) => isNamed(sub, word)) : undefined
      if (next === undefined) taken++
      else command = next
    }
  }
  return { project, ...slotOf(root, { command, pending, plain, taken }, last) }
}

/** What the words before the last one have led to. */
interface Reached {
  readonly command: Parser
  /** Option that waits for its value. */
  readonly pending: Option | null
  /** Whether `--` has ended the options. */
  readonly plain: boolean
  /** Arguments that are there already. */
  readonly taken: number
}

function slotOf(
  root: Parser,
  { command, pending, plain, taken }: Reached,
  last: string,
): Pick<Typed, 'slot' | 'word'> {
  if (pending !== null) {
    return { slot: { kind: 'value', command, option: pending.name(), prefix: '' }, word: last }
  }
  if (!plain && last.startsWith('-')) {
    const [name = '', ...value] = last.split('=')
    const option = value.length === 0 ? null : optionOf(command, root, name)
    if (option === null) return { slot: { kind: 'option', command }, word: last }
    const slot = { kind: 'value', command, option: option.name(), prefix: `${name}=` } as const
    return { slot, word: value.join('=') }
  }
  if (command.commands.length > 0 && taken === 0) {
    return { slot: { kind: 'command', command }, word: last }
  }
  const { registeredArguments } = command
  const variadic = registeredArguments.at(-1)?.variadic === true ? registeredArguments.at(-1) : null
  const argument = registeredArguments[taken] ?? variadic ?? null
  if (argument === null) return { slot: null, word: last }
  return { slot: { kind: 'argument', command, name: argument.name() }, word: last }
}

function isNamed(command: Parser, word: string): boolean {
  return command.name() === word || command.aliases().includes(word)
}

function optionOf(command: Parser, root: Parser, word: string): Option | null {
  const options = [...command.options, ...root.options]
  return options.find(({ long, short }) => long === word || short === word) ?? null
}

/** The option whose value the next word is, or null. */
function wantsValue(command: Parser, root: Parser, word: string): Option | null {
  const option = optionOf(command, root, word)
  return option !== null && (option.required || option.optional) ? option : null
}
