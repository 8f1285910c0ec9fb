import { PROJECT_FOLDER } from '../model/config.ts'
import { createItem } from '../tasks/create-item.ts'
import { planInit, writeInit } from '../tasks/init-project.ts'
import type { OpenProject, Project } from '../tasks/project.ts'

/** A task of the project to play with: its title and what is given of it. */
interface DemoTask {
  readonly title: string
  readonly fields: Readonly<Record<string, string>>
}

const GROUPS: readonly DemoTask[] = [
  { title: 'Checkout', fields: { description: 'From the cart to the receipt.' } },
  { title: 'Search', fields: { description: 'What people find, and how fast.' } },
]

const TASKS: readonly DemoTask[] = [
  {
    title: 'Accept cards from abroad',
    fields: { group: 'Checkout', status: 'done', priority: 'high', assignee: 'alice' },
  },
  {
    title: 'Send the receipt as PDF',
    fields: {
      group: 'Checkout',
      status: 'in_progress',
      assignee: 'bob',
      estimate: '6h',
      depends_on: 'Accept cards from abroad',
      description: 'Today it is a page behind a login, which accountants cannot open.',
    },
  },
  {
    title: 'Keep the cart for a week',
    fields: {
      group: 'Checkout',
      priority: 'low',
      labels: 'later',
      description: 'People come back to an empty cart and leave.',
    },
  },
  {
    title: 'Forgive typing errors',
    fields: {
      group: 'Search',
      priority: 'high',
      estimate: '2d',
      description: '`chekout` finds nothing. One wrong letter in five should do no harm.',
    },
  },
  {
    title: 'Measure how long a search takes',
    fields: { group: 'Search', assignee: 'alice', type: 'research' },
  },
  { title: 'Write the release notes', fields: { status: 'blocked' } },
]

/** Makes a small project in `directory` and opens it with both panels equal. */
export async function makeDemoProject(
  directory: string,
  openProject: OpenProject,
): Promise<Project> {
  writeInit(planInit(directory, {}))
  const project = await openProject({
    location: { directory, folder: PROJECT_FOLDER },
    origin: 'api',
    actor: null,
  })
  for (const [kind, items] of [
    ['group', GROUPS],
    ['task', TASKS],
  ] as const) {
    for (const { title, fields } of items) {
      const assignments = Object.entries(fields).map(([field, raw]) => ({ field, raw }))
      await createItem(project, kind, { title, assignments })
    }
  }
  await project.engine.sync()
  return project
}
