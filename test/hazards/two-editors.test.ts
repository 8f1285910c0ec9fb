import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { openProject } from '../../src/main.ts'
import { DiptychError } from '../../src/model/error.ts'
import { createItem } from '../../src/tasks/create-item.ts'
import { editEntity } from '../../src/tasks/edit-entity.ts'
import type { Project } from '../../src/tasks/project.ts'
import { json, temporaryDirectory } from '../cli/command-line.ts'

async function open(context: TestContext, directory: string): Promise<Project> {
  const location = { directory, folder: '.task_orchestrator' }
  const project = await openProject({ location, origin: 'cli', actor: null })
  context.after(() => project[Symbol.asyncDispose]())
  return project
}

function edit(project: Project, reference: string, ...set: readonly [string, string][]) {
  return editEntity(project, {
    reference,
    kinds: ['task'],
    assignments: set.map(([field, raw]) => ({ field, raw })),
    ifRevision: null,
    summary: 'task edit',
  })
}

/** `project` with `meanwhile` done once, just before its first commit. */
function interrupted(project: Project, meanwhile: () => Promise<unknown>): Project {
  let done = false
  const store: Project['store'] = {
    ...project.store,
    commit: async (transaction) => {
      if (!done) {
        done = true
        await meanwhile()
      }
      return await project.store.commit(transaction)
    },
  }
  return { ...project, store }
}

test('H78 dependencies that only together close a cycle: the later one is refused', async (context) => {
  const directory = temporaryDirectory(context)
  await json(directory, 'init')
  for (const title of ['One', 'Two', 'Three']) {
    await json(directory, 'task', 'add', title, '--no-sync')
  }
  await json(directory, 'task', 'edit', 'Two', '--set', 'depends_on=Three', '--no-sync')
  const [mine, theirs] = [await open(context, directory), await open(context, directory)]
  const slow = interrupted(mine, () => edit(theirs, 'Three', ['depends_on', 'One']))
  await assert.rejects(edit(slow, 'One', ['depends_on', 'Two']), (error) => {
    assert(error instanceof DiptychError)
    assert.equal(error.code, 'refused-by-rule')
    return true
  })
})

test('H88 an edit that another overtakes is decided again, and both survive', async (context) => {
  const directory = temporaryDirectory(context)
  await json(directory, 'init')
  await json(directory, 'task', 'add', 'One', '--no-sync')
  const [mine, theirs] = [await open(context, directory), await open(context, directory)]
  const slow = interrupted(mine, () => edit(theirs, 'One', ['assignee', 'bob']))
  const { entity } = await edit(slow, 'One', ['priority', 'high'])
  assert.equal(entity.fields.get('assignee'), 'bob')
  assert.equal(entity.fields.get('priority'), 'high')
})

test('H96 groups of one title that are made at one moment have a file each', async (context) => {
  const directory = temporaryDirectory(context)
  await json(directory, 'init')
  await json(directory, 'task', 'add', 'One')
  const [mine, theirs] = [await open(context, directory), await open(context, directory)]
  const backend = { title: 'Backend', assignments: [] }
  const slow = interrupted(mine, () => createItem(theirs, 'group', backend))
  const { path } = await createItem(slow, 'group', backend)
  assert.match(path ?? '', /groups\/backend-g-\w{8}\.md$/)
  await json(directory, 'sync')
  const groups = (await json(directory, 'group', 'list')).items as readonly { path: string }[]
  assert.equal(new Set(groups.map((group) => group.path)).size, 2)
  for (const group of groups) assert(existsSync(join(directory, group.path)), group.path)
  assert.equal((await json(directory, 'sync')).writes, 0)
})
