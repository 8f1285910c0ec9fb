import { stemOf } from '../model/document.ts'
import type { EntityName } from '../model/entity.ts'
import type { EntityId } from '../model/id.ts'
import { readPath } from '../model/layout.ts'
import type { NewFile } from './enrol.ts'
import type { Match } from './identify.ts'
import { AFTER_ALL } from './names-after.ts'
import type { FileText } from './state.ts'

/** Files of one pass: those of entities that are known, those that make new ones, and all that were read. */
export interface BroughtFiles {
  readonly matches: readonly Match[]
  readonly made: readonly NewFile[]
  readonly files: readonly FileText[]
}

/**
 * Names with the order that files bring along with a board: positions as the files say, new entities
 * behind all others, as the board lists them. Otherwise a board that came together with its tasks, by
 * git or from a copy, would pass for one that someone sorted.
 */
export function withBroughtOrder(
  names: readonly EntityName[],
  { matches, made, files }: BroughtFiles,
): readonly EntityName[] {
  const boards = files.filter(({ path }) => readPath(path)?.kind === 'board')
  if (boards.length === 0) return names
  const positions = new Map<EntityId, number | null>()
  for (const match of matches) {
    if (match.kind === 'known' || match.kind === 'returned') {
      positions.set(match.id, typedPosition(match.file))
    }
  }
  const ordinals = new Map<EntityId, number>()
  for (const { id, file } of made) {
    positions.set(id, typedPosition(file))
    ordinals.set(id, AFTER_ALL + placeOn(boards, file))
  }
  return names.map((name) => {
    const position = positions.get(name.id)
    if (position === undefined) return name
    return { ...name, position, ordinal: ordinals.get(name.id) ?? name.ordinal }
  })
}

/** Where the board of its session names a file; behind everything where it does not. */
function placeOn(boards: readonly FileText[], { path }: FileText): number {
  const session = readPath(path)?.sessionFolder
  const board = boards.find((file) => readPath(file.path)?.sessionFolder === session)
  const at = board?.text.indexOf(`${stemOf(path)}.md`) ?? -1
  return at === -1 ? AFTER_ALL : at
}

const POSITION =
  /^\u{FEFF}?---\r?\n(?:(?!---)[^\n]*\n)*?position:[ \t]*(-?\d+(?:\.\d+)?)[ \t]*\r?\n/u

/** The position in a file's front matter, good enough before the text is parsed. */
function typedPosition({ text }: FileText): number | null {
  const found = POSITION.exec(text)?.[1]
  return found === undefined ? null : Number(found)
}
