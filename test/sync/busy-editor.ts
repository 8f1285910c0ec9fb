import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openProject } from '../../src/main.ts'
import { PROJECT_FOLDER } from '../../src/model/config.ts'
import { editEntity } from '../../src/tasks/edit-entity.ts'

/**
 * A process of its own that works on both panels of a project, as people and commands do: each turn it
 * saves a file with a new line, in place or by renaming, or runs what `task edit` runs.
 */
const [directory = '', count = '0'] = process.argv.slice(2)
const location = { directory, folder: PROJECT_FOLDER }
const root = join(directory, PROJECT_FOLDER)

const paths = await readPaths()
for (let turn = 0; turn < Number(count); turn++) {
  const [id, path] = paths[turn % paths.length] ?? ['', '']
  if (turn % 2 === 0) save(join(root, path), `Line ${turn}.`, turn % 4 === 0)
  else await edit(id, `label-${turn}`)
}

async function readPaths(): Promise<readonly (readonly [string, string])[]> {
  await using project = await openProject({ location, origin: 'cli', actor: null })
  const names = await project.store.names()
  return names.flatMap(({ id, kind, path }) =>
    kind === 'task' && path !== null ? [[id, path] as const] : [],
  )
}

function save(file: string, line: string, inPlace: boolean): void {
  const text = `${readFileSync(file, 'utf8')}\n${line}\n`
  if (inPlace) return writeFileSync(file, text)
  writeFileSync(`${file}.tmp`, text)
  renameSync(`${file}.tmp`, file)
}

async function edit(id: string, label: string): Promise<void> {
  await using project = await openProject({ location, origin: 'cli', actor: null })
  await project.engine.sync()
  const [entity] = await project.store.entities([id as never])
  const labels = (entity?.fields.get('labels') ?? []) as readonly string[]
  await editEntity(project, {
    reference: id,
    kinds: ['task'],
    assignments: [{ field: 'labels', raw: [...labels, label].join(',') }],
    ifRevision: null,
    summary: 'task edit',
  })
  await project.engine.sync()
}
