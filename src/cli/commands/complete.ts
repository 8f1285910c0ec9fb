import type { Command as Parser } from 'commander'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { LOCAL_FOLDER } from '../../model/config.ts'
import { DiptychError } from '../../model/error.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import { titleOf } from '../../model/title.ts'
import { findProject } from '../../tasks/find-project.ts'
import type { Project } from '../../tasks/project.ts'
import {
  completeWords,
  MOST,
  RANK,
  type FindNames,
  type Named,
} from '../complete/complete-words.ts'
import { findSlot } from '../complete/find-slot.ts'
import type { Command, CommandContext } from '../context.ts'
import { printable } from '../present/printable.ts'

/** The words of a command line up to the one that is being typed, and the parser that knows all commands. */
export interface CompleteInput {
  readonly root: Parser
  readonly words: readonly string[]
}

/**
 * `complete`: what the last word could become, a line each with its meaning behind a tab. Reads the
 * database as it is, without a synchronization. Says nothing where a project cannot be used.
 */
export const complete: Command<CompleteInput> = async (context, { root, words }) => {
  const typed = findSlot(root, words)
  const named = typed.project ?? context.globals.project
  const items = await completeWords(typed, namesIn(context, named))
  const json = { schemaVersion: SCHEMA_VERSION, kind: 'complete', items }
  const lines = items.map(({ value, about }) => `${printable(value)}\t${printable(about)}\n`)
  return { json, text: () => lines.join('') }
}

function namesIn({ io }: CommandContext, named: string | null): FindNames {
  return async (kinds, word) => {
    try {
      const location = findProject(io.workingDirectory, named)
      // Completing a word makes nothing: without a database there is nothing to offer.
      if (!existsSync(join(location.directory, location.folder, LOCAL_FOLDER))) return []
      await using project = await io.openProject({ location, origin: 'cli', actor: null })
      const begins = word === '' && kinds.every((kind) => kind === 'task')
      const open = begins ? await openTasks(project) : []
      return open.length > 0 ? open : await project.store.names()
    } catch (error) {
      if (error instanceof DiptychError) return []
      throw error
    }
  }
}

/** As many open tasks as can be offered, without reading the names of all. */
async function openTasks({ store }: Project): Promise<readonly Named[]> {
  const named: Named[] = []
  for (const status of RANK) {
    const limit = MOST - named.length
    if (limit === 0) break
    const { items } = await store.find({ kind: 'task', statuses: [status], limit })
    for (const entity of items) {
      const { id, kind } = entity
      named.push({
        id,
        kind,
        title: titleOf(entity),
        status,
        archived: false,
        path: null,
        live: true,
      })
    }
  }
  return named
}
