import type { Command as Parser } from 'commander'
import { TOPICS } from '../help/topics.ts'
import { examples, type Runner } from './define.ts'

const BEGIN = `Try first:
  $ diptych init                        make this directory a project
  $ diptych task add 'Fix login'        then edit the file that it names, in any editor
  $ diptych                             see where the project stands
`

/** Defines `help`, and what the help of the whole program says around its commands. */
export function defineHelp(parser: Parser, run: Runner): void {
  const width = Math.max(...TOPICS.map(({ name }) => name.length))
  const topics = TOPICS.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`).join('\n')
  const help = parser
    .helpCommand(false)
    .addHelpText('beforeAll', ({ command }) => (command === parser ? BEGIN : ''))
    .addHelpText('after', `\nTopics (diptych help TOPIC):\n${topics}`)
    .command('help')
    .description('print help of a command, or on a topic')
    .argument('[words...]', `a command, or one of: ${TOPICS.map(({ name }) => name).join(', ')}`)
  examples(help, 'diptych help files', 'diptych help task add').action(
    run.action(
      async () => (await import('../commands/help.ts')).showHelp,
      (words: readonly string[]) => ({ words, root: parser }),
    ),
  )
}
