import type { Command as Parser, CommanderError } from 'commander'
import { DiptychError } from '../model/error.ts'
import { nearest } from '../model/nearest.ts'

/** What the parser of arguments found wrong, as an error like any other. */
export function usageError(
  parser: Parser,
  argv: readonly string[],
  error: CommanderError,
): DiptychError {
  const command = commandOf(parser, argv)
  const help = `${pathOf(command)} --help`
  const [first = '', ...more] = error.message.replace(/^error: /, '').split('\n')
  const meant = /Did you mean (?:one of )?(.+?)\?/.exec(more.join(' '))?.[1]
  const visible = command.createHelp().visibleCommands(command)
  const names = visible.map((sub) => sub.name())
  const unknown = argv.find((word) => !word.startsWith('-') && !pathOf(command).includes(word))
  if (error.code === 'commander.help' || error.code === 'commander.unknownCommand') {
    const near = nearest(unknown ?? '', names, (name) => name)[0]
    const what =
      unknown === undefined
        ? `${pathOf(command)} needs a command`
        : `there is no command \`${unknown}\``
    const below = near === undefined ? commandsBelow(command, unknown ?? '') : []
    const hint = near === undefined ? (below[0] ?? help) : `${pathOf(command)} ${near}`
    return new DiptychError('usage', { what, valid: names, hint }, error)
  }
  const dashed = argv.find((word) => /^-\S*\s/.test(word))
  if (error.code === 'commander.unknownOption' && dashed !== undefined) {
    const hint = 'put -- before arguments that begin with a dash, behind all options'
    return new DiptychError('usage', { what: first, hint }, error)
  }
  const hint = meant === undefined ? help : `did you mean ${meant}? See ${help}`
  return new DiptychError('usage', { what: first, hint }, error)
}

/** Command lines of commands one level below whose name is `word`: `diptych task add` for `add`. */
function commandsBelow(command: Parser, word: string): readonly string[] {
  const groups = command.commands.filter(({ commands }) =>
    commands.some((sub) => sub.name() === word),
  )
  return groups.map((group) => `${pathOf(group)} ${word}`)
}

/** The command of which `argv` names nothing more than itself and needs more, for a person to read; else null. */
export function commandAlone(parser: Parser, argv: readonly string[]): Parser | null {
  const { operands, unknown } = parser.parseOptions([...argv])
  if (unknown.length > 0 || parser.opts()['json'] === true) return null
  const command = commandOf(parser, operands)
  const depth = pathOf(command).split(' ').length - 1
  return command.commands.length > 0 && operands.length === depth ? command : null
}

function commandOf(parser: Parser, argv: readonly string[]): Parser {
  let command = parser
  for (const word of argv) {
    const next = command.commands.find((sub) => sub.name() === word)
    if (next !== undefined) command = next
  }
  return command
}

function pathOf(command: Parser): string {
  const above = command.parent
  return above === null ? command.name() : `${pathOf(above)} ${command.name()}`
}
