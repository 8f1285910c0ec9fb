import type { Command as Parser } from 'commander'
import { DiptychError } from '../../model/error.ts'
import { nearest } from '../../model/nearest.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import type { Command } from '../context.ts'
import { TOPICS } from '../help/topics.ts'

/** What help is wanted about, and the parser that knows all commands. */
export interface HelpInput {
  readonly root: Parser
  readonly words: readonly string[]
}

/** `help`: the help of a command, or the text of a topic. */
export const showHelp: Command<HelpInput> = async (_context, { root, words }) => {
  const [word] = words
  const topic = TOPICS.find(({ name }) => name === word)
  if (topic !== undefined && words.length === 1) {
    const { name, about, text } = topic
    const json = { schemaVersion: SCHEMA_VERSION, kind: 'help', topic: name, about, text }
    return { json, text: () => `${text}\n` }
  }
  const command = commandOf(root, words)
  // Writes the help and throws what ends the parser's work.
  return command.help()
}

function commandOf(root: Parser, words: readonly string[]): Parser {
  let command = root
  for (const word of words) {
    const next = command.commands.find((sub) => sub.name() === word)
    if (next === undefined) throw unknown(command, root, word)
    command = next
  }
  return command
}

function unknown(command: Parser, root: Parser, word: string): DiptychError {
  const commands = command.createHelp().visibleCommands(command)
  const names = commands.map((sub) => sub.name())
  const topics = command === root ? TOPICS.map(({ name }) => name) : []
  const [near] = nearest(word, [...topics, ...names], (name) => name)
  const above = command === root ? '' : `${command.name()} `
  return new DiptychError('usage', {
    what: `there is no help on \`${above}${word}\``,
    valid: [...topics, ...names],
    hint: near === undefined ? 'diptych --help' : `diptych help ${above}${near}`,
  })
}
