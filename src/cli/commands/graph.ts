import type { DependencyGraph } from '../../lens/dependency-graph.ts'
import { printMermaid } from '../../lens/mermaid.ts'
import { DiptychError } from '../../model/error.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { type GraphQuestion, readGraph } from '../../tasks/read-graph.ts'
import type { Command, CommandContext } from '../context.ts'
import { presentGraph } from '../present/graph-tree.ts'
import { withProject } from '../with-project.ts'

/** Arguments of `graph`. */
export interface GraphInput extends GraphQuestion {
  readonly mermaid?: boolean
  readonly text?: boolean
}

/** `graph`: what waits for what, as a tree or as the text of a Mermaid flowchart. */
export const showGraph: Command<GraphInput> = (context, { mermaid, text, ...question }) => {
  if (mermaid === true && text === true) {
    throw new DiptychError('usage', {
      what: 'a graph is printed as a tree or as Mermaid, not as both',
      hint: 'diptych graph --mermaid',
    })
  }
  return withProject(context, async (project) => {
    const graph = await readGraph(project, question)
    tellSize(context, question, graph)
    return {
      json: { schemaVersion: SCHEMA_VERSION, kind: 'graph', ...jsonOf(graph) },
      text: () => {
        if (graph.tasks.length === 0) return ''
        return mermaid === true ? `${printMermaid(graph)}\n` : presentGraph(graph, context.paint)
      },
    }
  })
}

function jsonOf({ tasks, edges, more }: DependencyGraph): Readonly<Record<string, unknown>> {
  return {
    tasks: tasks.map(({ id, title, status, session, group }) => ({
      id,
      title,
      status,
      session,
      group,
    })),
    edges: edges.map(({ kind, from, to }) => ({ kind, from, to })),
    more,
  }
}

function tellSize(
  context: CommandContext,
  { reference, all }: GraphQuestion,
  { tasks, more }: DependencyGraph,
): void {
  if (more > 0) {
    context.note(`${more} more are left out: name a task, or a group with --group`)
  }
  if (tasks.length > 0) return
  const open = all === true || reference !== undefined ? '' : 'open '
  context.note(
    `no ${open}task waits for another: diptych task edit TASK --set depends_on=OTHER makes one wait`,
  )
}
