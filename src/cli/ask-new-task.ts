import { PRIORITIES } from '../model/enumerations.ts'
import { DiptychError } from '../model/error.ts'
import type { Project } from '../tasks/project.ts'
import { readNames } from '../tasks/read-names.ts'
import type { Assignment } from '../tasks/parse-assignments.ts'
import { askChoice, askFiltered, askText, canAsk } from './ask.ts'
import type { CommandContext } from './context.ts'

/** A title with the fields that go with it. */
export interface Asked {
  readonly title: string
  readonly assignments: readonly Assignment[]
}

const USUAL = 'medium'

/**
 * Asks for the title of a new task or group, and for group and priority where `given` does not name
 * them. Throws `usage` where nobody can be asked.
 */
export async function askNewItem(
  context: CommandContext,
  project: Project,
  kind: 'task' | 'group',
  given: readonly Assignment[],
): Promise<Asked> {
  if (!canAsk(context)) {
    throw new DiptychError('usage', {
      what: `${kind} add needs a title`,
      hint: kind === 'task' ? "diptych task add 'Fix login'" : 'diptych group add Backend',
    })
  }
  const placeholder = kind === 'task' ? 'Fix login' : 'Backend'
  const title = await askText(`What is the ${kind} called?`, { placeholder })
  const named = new Set(given.map(({ field }) => field))
  const group = kind === 'task' && !named.has('group') ? await askGroup(project) : []
  const priority = named.has('priority') ? [] : await askPriority()
  return { title, assignments: [...given, ...group, ...priority] }
}

async function askGroup(project: Project): Promise<readonly Assignment[]> {
  const { names } = await readNames(project)
  const groups = [...names.values()].filter(
    ({ live, archived, kind }) => live && !archived && kind === 'group',
  )
  if (groups.length === 0) return []
  const choices = groups.map(({ id, title }) => ({ value: id as string, label: title, hint: id }))
  const none = { value: '', label: 'no group' }
  const raw = await askFiltered('In which group?', [none, ...choices])
  return raw === '' ? [] : [{ field: 'group', raw }]
}

async function askPriority(): Promise<readonly Assignment[]> {
  const rest = PRIORITIES.filter((word) => word !== USUAL)
  const choices = [USUAL, ...rest].map((word) => ({ value: word, label: word }))
  const raw = await askChoice('How much does it matter?', choices)
  return raw === USUAL ? [] : [{ field: 'priority', raw }]
}
