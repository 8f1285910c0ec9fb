import type { BoardReading } from '../lens/board.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import { sameValue } from '../model/value.ts'
import type { BoardGroupDraft, BoardTaskDraft, Drafts } from './board-drafts.ts'
import { type NewLines, NO_LINES, placeOf } from './board-line-places.ts'
import { isOrdered, type Rank, positionsFor } from './board-order.ts'

/**
 * Positions for the tasks of every list of siblings that a person put into another order, or put lines
 * into where the order that holds would not leave them. Null: a line that came here is better off
 * without the position that it brought.
 */
export function reordered(
  agreed: BoardReading,
  folder: BoardReading,
  names: ReadonlyMap<EntityId, EntityName>,
  drafts: Drafts,
): ReadonlyMap<EntityId, number | null> {
  const before = siblingLists(agreed, NO_LINES)
  const made = new Map(drafts.tasks.map((draft, index) => [draft.id, draftRank(draft, index)]))
  const positions = new Map<EntityId, number | null>()
  for (const [scope, list] of siblingLists(folder, drafts)) {
    const [was, is] = [new Set(before.get(scope)), new Set(list)]
    const old = [...was].filter((id) => is.has(id))
    const common = list.filter((id) => was.has(id))
    const turned = !sameValue(old, common)
    if (!turned && common.length === list.length) continue
    const ranks = list.flatMap((id): Rank[] => {
      const rank = names.get(id) ?? made.get(id)
      return rank === undefined ? [] : [rank]
    })
    const stayed = ranks.filter(({ id }) => was.has(id))
    const meanwhile = !turned && !isOrdered(stayed)
    if (meanwhile) continue
    for (const [id, position] of positionsAmong(ranks, was)) positions.set(id, position)
  }
  return positions
}

/** The rank of a new line: without a position, where its ordinal puts it. */
function draftRank({ id, ordinal }: BoardTaskDraft, index: number): Rank {
  return { id, position: null, ordinal: ordinal ?? Number.MAX_SAFE_INTEGER - 1e6 + index }
}

function positionsAmong(
  ranks: readonly Rank[],
  here: ReadonlySet<EntityId>,
): ReadonlyMap<EntityId, number | null> {
  const bare = ranks.map((rank) => (here.has(rank.id) ? rank : { ...rank, position: null }))
  if (isOrdered(ranks) || !isOrdered(bare)) return positionsFor(ranks)
  const brought = ranks.filter(({ id, position }) => position !== null && !here.has(id))
  return new Map(brought.map(({ id }) => [id, null]))
}

/** Positions for the groups whose headings a person put into another order, among those of one parent. */
export function reorderedGroups(
  agreed: BoardReading,
  folder: BoardReading,
  names: ReadonlyMap<EntityId, EntityName>,
): readonly (readonly [EntityId, number, number])[] {
  const groupsIn = ({ sections }: BoardReading): readonly EntityName[] => {
    const ids = new Set(sections.map(({ group }) => group))
    return [...ids].flatMap((id) => (id === null ? [] : (names.get(id) ?? [])))
  }
  const lines = new Map(folder.sections.map(({ group, line }) => [group, line]))
  const before = Map.groupBy(groupsIn(agreed), ({ parent }) => parent)
  const after = Map.groupBy(groupsIn(folder), ({ parent }) => parent)
  return [...after].flatMap(([parent, list]) => {
    const was = before.get(parent) ?? []
    const old = was.filter((name) => list.includes(name))
    const common = list.filter((name) => was.includes(name))
    if (old.every((name, at) => name === common[at])) return []
    return [...positionsFor(list)].map(
      ([id, position]) => [id, position, lines.get(id) ?? 1] as const,
    )
  })
}

/**
 * New groups with ordinals that put them where their headings stand: between the headings of known
 * groups, and before the groups whose headings are gone, which come back below them.
 */
export function orderedGroups(
  drafts: readonly BoardGroupDraft[],
  agreed: BoardReading,
  folder: BoardReading,
  names: ReadonlyMap<EntityId, EntityName>,
): readonly BoardGroupDraft[] {
  const ordinalOf = (id: EntityId | null): number | null =>
    id === null ? null : (names.get(id)?.ordinal ?? null)
  const here = new Set(folder.sections.map(({ group }) => group))
  const gone = agreed.sections.flatMap(({ group }) =>
    group === null || here.has(group) ? [] : (ordinalOf(group) ?? []),
  )
  const last = Math.max(...folder.sections.map(({ group }) => ordinalOf(group) ?? -Infinity))
  const end = Math.min(...gone.filter((ordinal) => ordinal > last))
  const byLine = new Map(drafts.map((draft) => [draft.line, draft]))
  const placed: BoardGroupDraft[] = []
  let run: BoardGroupDraft[] = []
  let low = -Infinity
  const close = (high: number): void => {
    const from = Number.isFinite(low) ? low : high - 1
    const step = (high - from) / (run.length + 1)
    placed.push(
      ...run.map((draft, at) => {
        const fits = Number.isFinite(high) && step > 0
        return { ...draft, ordinal: fits ? from + step * (at + 1) : null }
      }),
    )
    run = []
  }
  for (const { line, group } of folder.sections) {
    const draft = byLine.get(line)
    const ordinal = ordinalOf(group)
    if (draft !== undefined) run.push(draft)
    if (ordinal === null) continue
    close(ordinal)
    low = ordinal
  }
  close(end)
  return placed
}

function siblingLists(
  reading: BoardReading,
  made: NewLines,
): ReadonlyMap<string, readonly EntityId[]> {
  const lists = new Map<string, EntityId[]>()
  for (const item of reading.items) {
    const id = item.task ?? made.ofItem.get(item)
    if (id === undefined) continue
    const { group, parent } = placeOf(reading, item, made)
    const scope = `${group ?? ''}/${parent ?? ''}`
    const list = lists.get(scope)
    if (list === undefined) lists.set(scope, [id])
    else list.push(id)
  }
  return lists
}
