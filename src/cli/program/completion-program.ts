import type { Command as Parser } from 'commander'
import { examples, type Runner } from './define.ts'

/** Defines `completion`, and the hidden `complete` that shells ask. */
export function defineCompletion(parser: Parser, run: Runner): void {
  const completion = parser
    .command('completion')
    .description('let the shell complete commands, options and tasks')
    .argument('[shell]', 'bash, zsh, fish or powershell')
  examples(
    completion,
    'source <(diptych completion bash)',
    "echo 'source <(diptych completion zsh)' >> ~/.zshrc",
    'diptych completion fish > ~/.config/fish/completions/diptych.fish',
  ).action(
    run.action(
      async () => (await import('../commands/completion.ts')).printCompletion,
      (shell: string | undefined) => ({ shell }),
    ),
  )
  parser
    .command('complete', { hidden: true })
    .argument('[words...]', 'words of a command line, the last one being typed')
    .action(
      run.action(
        async () => (await import('../commands/complete.ts')).complete,
        (words: readonly string[]) => ({ words, root: parser }),
      ),
    )
}
