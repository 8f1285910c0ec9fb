import type { Command as Parser } from 'commander'
import type { GraphInput } from '../commands/graph.ts'
import { examples, type Runner } from './define.ts'

/** Defines `graph`. */
export function defineGraph(parser: Parser, run: Runner): void {
  const graph = parser
    .command('graph')
    .description('what waits for what, and what is a part of what')
    .argument('[task]', 'only what this task waits for or belongs to, and the other way round')
    .option('--session <session>', 'open tasks of this session (default: the current one)')
    .option('-g, --group <group>', 'open tasks of this group')
    .option('--all', 'tasks that are over too')
    .option('--mermaid', 'as the text of a Mermaid flowchart, for a ```mermaid block')
    .option('--text', 'as an indented tree (default)')
  examples(
    graph,
    'diptych graph',
    "diptych graph 'Fix login'",
    'diptych graph --group backend --mermaid > backend.mmd',
  )
    .addHelpText(
      'after',
      '\nIn the tree, what a task waits for stands below it; (above) marks what was unfolded before.\n' +
        'In the flowchart, an arrow leads from what comes first to what waits for it, and a dotted\n' +
        'line joins a task with its parts. `overview_graph: true` in config.yaml adds it to overview.md.',
    )
    .action(
      run.action(
        async () => (await import('../commands/graph.ts')).showGraph,
        (reference: string | undefined, options: Omit<GraphInput, 'reference'>) =>
          reference === undefined ? options : { ...options, reference },
      ),
    )
}
