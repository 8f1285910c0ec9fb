import type { EntityId } from '../model/id.ts'
import type { BoardState } from './board.ts'
import { longestGrowing } from './board-order.ts'
import type { BoardScan, ScannedSection } from './board-scan.ts'
import { type Place, placeOfSection } from './board-place.ts'
import type { BoardTree, Chunk } from './board-tree.ts'

/** The lines from one heading that says where tasks belong to the next, or those before the first. */
export interface OldBlock {
  readonly kind: 'old'
  readonly from: number
  readonly bodyLine: number
  /** First heading below its own, which says nothing of where tasks belong; `to` where there is none. */
  readonly subLine: number
  readonly to: number
  readonly chunks: readonly Chunk[]
  /** Place whose first tasks are put before `subLine` where none of its tasks is there yet. */
  readonly begins: Place | null
  /** Whether it is left out when nothing stands below its heading. */
  readonly goes: boolean
  readonly displaced: boolean
}

/** A heading that the text does not have yet: a group's, or that of tasks without one. */
export interface NewBlock {
  readonly kind: 'new'
  readonly group: EntityId | null
  readonly begins: Place
  readonly displaced: true
}

export type Block = OldBlock | NewBlock

/** Blocks of a board in the order in which the patched text has them: as few as possible change places. */
export function planBlocks(board: BoardScan, tree: BoardTree, state: BoardState): readonly Block[] {
  const [preamble, ...blocks] = cutBlocks(board, tree, state)
  const order = orderGroups(blocks, state)
  const result: Block[] = preamble === undefined ? [] : [preamble]
  if (order.kept.size === 0) result.push(...order.first)
  let started = order.kept.size === 0
  for (const block of blocks) {
    const group = primaryGroup(block)
    if (group !== null && order.moved.has(group)) continue
    const kept = group !== null && order.kept.has(group)
    if (kept && !started) {
      started = true
      result.push(...order.first)
    }
    result.push(block)
    if (kept) result.push(...(order.after.get(group) ?? []))
  }
  if (needsUngrouped(blocks, tree, state)) {
    result.push({ kind: 'new', group: null, begins: 'ungrouped', displaced: true })
  }
  return result
}

/** The group whose first heading a block has. */
function primaryGroup({ begins }: OldBlock): EntityId | null {
  return begins === 'ungrouped' ? null : begins
}

function cutBlocks(board: BoardScan, tree: BoardTree, state: BoardState): readonly OldBlock[] {
  const headed = board.sections.filter(({ heading }) => heading !== null)
  const end = board.scan.lines.length
  const groups = new Set(state.groups.map(({ id }) => id))
  const begun = new Set<Place>()
  const lines = board.scan.headings.map(({ line }) => line)
  let next = 0
  let sub = 0
  const take = (to: number): readonly Chunk[] => {
    const start = next
    while ((tree.chunks[next]?.item.line ?? Infinity) < to) next++
    return tree.chunks.slice(start, next)
  }
  const first = headed[0]?.line ?? end
  const common = { kind: 'old', displaced: false } as const
  const preamble = { ...common, from: 0, bodyLine: 0, subLine: first, to: first, goes: false }
  const blocks: OldBlock[] = [{ ...preamble, begins: null, chunks: take(first) }]
  headed.forEach((section, index) => {
    const to = headed[index + 1]?.line ?? end
    const chunks = take(to)
    const place = placeIn(section, state)
    const wanted = place === 'ungrouped' || (place !== null && groups.has(place))
    const begins = place !== null && wanted && !begun.has(place) ? place : null
    if (begins !== null) begun.add(begins)
    const left = chunks.some(({ fate }) => fate === 'move' || fate === 'drop')
    const goes = section.kind === 'stray' ? left : place !== null && !wanted
    const { line: from, bodyLine } = section
    while ((lines[sub] ?? Infinity) < bodyLine) sub++
    const subLine = Math.min(lines[sub] ?? to, to)
    blocks.push({ ...common, from, bodyLine, subLine, to, chunks, begins, goes })
  })
  return blocks
}

function placeIn(section: ScannedSection, state: BoardState): Place | null {
  const kind = section.kind === 'stray' ? 'group' : section.kind
  return placeOfSection({ kind, group: section.group, line: section.line + 1 }, state.adopted)
}

interface GroupOrder {
  readonly kept: ReadonlySet<EntityId>
  readonly moved: ReadonlySet<EntityId>
  readonly first: readonly Block[]
  readonly after: ReadonlyMap<EntityId, readonly Block[]>
}

function orderGroups(blocks: readonly OldBlock[], state: BoardState): GroupOrder {
  const ranks = new Map(state.groups.map(({ id }, rank) => [id, rank]))
  const present = blocks.flatMap((block) => {
    const group = primaryGroup(block)
    return group === null ? [] : [{ group, block }]
  })
  const run = longestGrowing(present.map(({ group }) => ranks.get(group) ?? 0))
  const kept = new Set(run.flatMap((index) => present[index]?.group ?? []))
  const byGroup = new Map(present.map(({ group, block }) => [group, block]))
  const after = new Map<EntityId, Block[]>()
  const first: Block[] = []
  let queue = first
  for (const { id } of state.groups) {
    const block = byGroup.get(id)
    if (kept.has(id)) {
      queue = []
      after.set(id, queue)
    } else if (block === undefined) {
      queue.push({ kind: 'new', group: id, begins: id, displaced: true })
    } else queue.push({ ...block, displaced: true })
  }
  const moved = new Set([...byGroup.keys()].filter((group) => !kept.has(group)))
  return { kept, moved, first, after }
}

function needsUngrouped(blocks: readonly OldBlock[], tree: BoardTree, state: BoardState): boolean {
  return (
    state.ungrouped.length > 0 &&
    !blocks.some(({ begins }) => begins === 'ungrouped') &&
    !state.ungrouped.some(({ id }) => tree.byTask.get(id)?.fate === 'keep')
  )
}
