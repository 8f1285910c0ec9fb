import type { DependencyGraph } from '../../lens/dependency-graph.ts'
import type { Edge, EntityName } from '../../model/entity.ts'
import type { EntityId } from '../../model/id.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'

/** A task below another, and how it belongs there. */
interface Branch {
  readonly id: EntityId
  readonly how: '' | 'waits for ' | 'part: '
}

/**
 * A graph as indented lines: tasks that nothing else waits for, below each what it waits for and what
 * its parts are. A task with something below it is unfolded once, so that circles end.
 */
export function presentGraph({ tasks, edges }: DependencyGraph, paint: Paint): string {
  const known = new Map(tasks.map((task) => [task.id, task]))
  const below = branches(edges)
  const led = new Set([...below.values()].flat().map(({ id }) => id))
  const unfolded = new Set<EntityId>()
  const lines: string[] = []
  const unfold = (top: EntityId): void => {
    const left: (Branch & { readonly lead: string; readonly stem: string })[] = [
      { id: top, how: '', lead: '', stem: '' },
    ]
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const { id, how, lead, stem } = next
      const task = known.get(id)
      if (task === undefined) continue
      const children = below.get(id) ?? []
      const again = unfolded.has(id) && children.length > 0
      lines.push(
        `${paint.dim(lead + how)}${labelOf(task, paint)}${again ? paint.dim(' (above)') : ''}`,
      )
      if (unfolded.has(id)) continue
      unfolded.add(id)
      const last = children.length - 1
      const placed = children.map((child, at) => ({
        ...child,
        lead: `${stem}${at === last ? '└─ ' : '├─ '}`,
        stem: `${stem}${at === last ? '   ' : '│  '}`,
      }))
      left.push(...placed.toReversed())
    }
  }
  for (const { id } of tasks) if (!led.has(id)) unfold(id)
  for (const { id } of tasks) if (!unfolded.has(id)) unfold(id)
  return lines.map((line) => `${line}\n`).join('')
}

/** What stands below each task: its parts first, then what it waits for. */
function branches(edges: readonly Edge[]): ReadonlyMap<EntityId, readonly Branch[]> {
  const below = new Map<EntityId, Branch[]>()
  const put = (at: EntityId, branch: Branch): void => {
    const known = below.get(at)
    if (known === undefined) below.set(at, [branch])
    else known.push(branch)
  }
  for (const { kind, from, to } of edges) {
    if (kind === 'parent') put(to, { id: from, how: 'part: ' })
  }
  for (const { kind, from, to } of edges) {
    if (kind === 'dependency') put(from, { id: to, how: 'waits for ' })
  }
  return below
}

function labelOf({ id, title, status }: EntityName, paint: Paint): string {
  const word = printable(status.replaceAll('_', ' '))
  const state =
    status === 'completed' ? paint.green(word) : status === 'blocked' ? paint.red(word) : word
  return `${id} ${printable(title)} · ${state}`
}
