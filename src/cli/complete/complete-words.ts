import type { Command as Parser } from 'commander'
import { STANDARD_CATALOGUE } from '../../model/catalogue.ts'
import type { EntityName } from '../../model/entity.ts'
import type { EntityKind } from '../../model/id.ts'
import { stemOf } from '../../model/document.ts'
import { fold } from '../../lens/fold.ts'
import type { Typed } from './find-slot.ts'

/** A word that could stand there, and what it means. */
export interface Candidate {
  readonly value: string
  readonly about: string
}

/** What of an entity its completion shows. */
export type Named = Pick<
  EntityName,
  'id' | 'kind' | 'title' | 'status' | 'archived' | 'path' | 'live'
>

/** Gives the entities of some kinds that may answer to a word; more than those does no harm. */
export type FindNames = (kinds: readonly EntityKind[], word: string) => Promise<readonly Named[]>

/** Most names of entities that are offered at once. */
export const MOST = 200

/** Values of options that are neither names nor values of a field. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  layout: ['flat', 'by-status'],
  lists: ['tracked', 'local'],
  sort: ['board', 'updated', 'priority', 'due'],
}

/** Options whose value names an entity; `own`: of the kind that the command is about. */
const NAMING: Readonly<Record<string, EntityKind | 'own'>> = {
  group: 'group',
  session: 'session',
  parent: 'own',
  'depends-on': 'task',
  before: 'own',
  after: 'own',
}

/**
 * What the word that is being typed could become. `names` is asked only where an entity is meant.
 */
export async function completeWords(
  { slot, word }: Typed,
  names: FindNames,
): Promise<readonly Candidate[]> {
  switch (slot?.kind) {
    case undefined:
      return []
    case 'command':
      return starting(word, commandsOf(slot.command))
    case 'option':
      return starting(word, optionsOf(slot.command))
    case 'value': {
      const { command, option, prefix } = slot
      const found = await valuesOf(command, option, word, names)
      return found.map((each) => ({ ...each, value: prefix + each.value }))
    }
    case 'argument':
      return await argumentsOf(slot.command, slot.name, word, names)
  }
}

function starting(word: string, candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter(({ value }) => value.startsWith(word))
}

function commandsOf(command: Parser): readonly Candidate[] {
  const visible = command.createHelp().visibleCommands(command)
  return visible.map((sub) => ({ value: sub.name(), about: sub.description() }))
}

function optionsOf(command: Parser): readonly Candidate[] {
  const help = command.createHelp()
  const options = [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)]
  const all = options.flatMap(({ long, description }) =>
    long === undefined || long === null ? [] : [{ value: long, about: description }],
  )
  return [...new Map(all.map((each) => [each.value, each])).values()]
}

async function valuesOf(
  command: Parser,
  option: string,
  word: string,
  names: FindNames,
): Promise<readonly Candidate[]> {
  const kind = kindOfCommand(command)
  const naming = NAMING[option]
  if (naming !== undefined) return await entities(names, [naming === 'own' ? kind : naming], word)
  const words = WORDS[option]
  if (words !== undefined)
    return starting(
      word,
      words.map((value) => ({ value, about: '' })),
    )
  const fields = [...STANDARD_CATALOGUE[kind].values()]
  if (option === 'set' || option === 'unset' || option === 'fields') {
    const end = option === 'set' ? '=' : ''
    return starting(
      word,
      fields.map(({ name, about }) => ({ value: name + end, about })),
    )
  }
  const type = STANDARD_CATALOGUE[kind].get(option)?.type
  if (type?.kind !== 'enum') return []
  return starting(
    word,
    type.values.map(({ key, label }) => ({ value: key, about: label })),
  )
}

/** Kind of entity that a command is about: its own name or that of the command above. */
function kindOfCommand(command: Parser): EntityKind {
  const name = command.parent?.name() ?? ''
  return name === 'group' || name === 'session' || name === 'note' ? name : 'task'
}

async function argumentsOf(
  command: Parser,
  name: string,
  word: string,
  names: FindNames,
): Promise<readonly Candidate[]> {
  const choices = command.registeredArguments.find((each) => each.name() === name)?.argChoices
  if (choices !== undefined)
    return starting(
      word,
      choices.map((value) => ({ value, about: '' })),
    )
  switch (name) {
    case 'task':
    case 'group':
    case 'session':
    case 'note':
      return await entities(names, [name], word)
    case 'entity':
      return await entities(names, ['task', 'group', 'session', 'note'], word)
    default:
      return []
  }
}

/** Statuses of tasks in the order in which they are offered: what is worked on first, what is over last. */
export const RANK: readonly string[] = ['in_progress', 'review', 'blocked', 'pending']

/** Tasks by their ids, with titles to tell them apart; groups, sessions and notes by their file names. */
async function entities(
  names: FindNames,
  kinds: readonly EntityKind[],
  word: string,
): Promise<readonly Candidate[]> {
  const piece = fold(word)
  const found = (await names(kinds, word)).flatMap((name) => {
    if (!name.live || name.archived || !kinds.includes(name.kind)) return []
    const value = valueOf(name)
    const fits = value.startsWith(word) || name.id.startsWith(word)
    return fits || (piece !== '' && fold(name.title).includes(piece)) ? [{ name, value }] : []
  })
  const sorted = found.toSorted((a, b) => rankOf(a.name) - rankOf(b.name))
  return sorted.slice(0, MOST).map(({ name, value }) => ({ value, about: name.title }))
}

function rankOf({ status }: Named): number {
  const at = RANK.indexOf(status)
  return at === -1 ? RANK.length : at
}

/** What a shell can take without quotes, and commands understand. */
function valueOf({ kind, id, path }: Named): string {
  if (kind === 'task' || path === null) return id
  const stem = kind === 'session' ? (path.split('/').at(-2) ?? id) : stemOf(path)
  return /^[\p{L}\p{N}._-]+$/u.test(stem) ? stem : id
}
