import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { EntityId } from '../../src/model/id.ts'
import type { Project } from '../../src/tasks/project.ts'
import { ROOT } from './people.ts'
import { Violation, World, type WorldOptions } from './world.ts'

/** Synchronizations after which a folder that nobody touches any more must be at rest. */
const TO_REST = 4

/**
 * Lets everybody finish, brings the panels together, and checks what must hold then: nothing is
 * written any more, an id has one file, no owed word is lost, and a rebuild gives the same fields.
 */
export async function checkAtRest(world: World, options: WorldOptions): Promise<void> {
  world.people.finish()
  await world.restart()
  for (let round = 0; round < TO_REST; round++) {
    world.people.act({ kind: 'wait', milliseconds: 61_000 })
    await quietSync(world)
  }
  const files = world.people.texts()
  world.people.act({ kind: 'wait', milliseconds: 61_000 })
  const writes = await quietSync(world)
  if (writes > 0) throw new Violation(`a pass at rest made ${writes} writes`)
  assert.deepEqual(world.people.texts(), files, 'a pass at rest changes no file')
  const { project } = await world.process()
  await checkIds(project, files)
  const missing = world.ledger.missingFrom(await everything(world, project))
  if (missing.length > 0) throw new Violation(`nowhere any more: ${missing.join(', ')}`)
  await checkRebuild(world, options, project)
}

async function quietSync(world: World): Promise<number> {
  return await world.sync(0, { during: [], mishap: { kind: 'none' }, accept: true })
}

async function checkIds(project: Project, files: ReadonlyMap<string, string>): Promise<void> {
  const waiting = new Set<string>((await project.base.waiting()).map(({ path }) => path))
  const ids = [...files]
    .filter(([path]) => !waiting.has(path.slice(ROOT.length + 1)))
    .flatMap(([, text]) => /^id: (\S+)$/m.exec(text)?.[1] ?? [])
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  if (twice.length > 0) throw new Violation(`ids with several files: ${twice.join(', ')}`)
}

/** Every text that either panel, the history or the kept bytes hold. */
async function everything(world: World, { store, base }: Project): Promise<readonly string[]> {
  const decoder = new TextDecoder()
  const texts: string[] = [...world.people.texts()].flat()
  let cursor: string | null = null
  do {
    const page = await store.history({ limit: 1000, ...(cursor === null ? {} : { cursor }) })
    for (const { old, new: now } of page.items) texts.push(JSON.stringify([old, now]))
    cursor = page.nextCursor
  } while (cursor !== null)
  for (const { entity, text } of await store.tombstones()) {
    texts.push(text ?? '', JSON.stringify([...entity.fields]))
  }
  texts.push(JSON.stringify(await store.conflicts()))
  for (const { text } of await base.agreed()) texts.push(text)
  for (const { key } of await base.agreedIndex()) {
    for (const { text } of await base.olderTexts(key, 1000)) texts.push(text)
  }
  for (const hash of world.observed) {
    const bytes = await base.kept(hash)
    if (bytes !== null) texts.push(decoder.decode(bytes))
  }
  const names = await store.names()
  for (const { fields } of await store.entities(names.map(({ id }) => id))) {
    texts.push(JSON.stringify([...fields]))
  }
  const pending = world.disk.at(`${ROOT}/.local/pending`)
  for (const inode of pending?.entries?.values() ?? []) texts.push(decoder.decode(inode.bytes))
  return texts
}

/**
 * A new project with the same files and no databases must come to the same fields, but for documents
 * of which something waits and for fields in conflict.
 */
async function checkRebuild(world: World, options: WorldOptions, project: Project): Promise<void> {
  const waiting = (await project.base.waiting()).filter(({ diagnostics }) =>
    diagnostics.some(({ severity, code }) => severity !== 'note' || code === 'tombstone'),
  )
  const paths = new Set<string>(waiting.map(({ path }) => path))
  const broken = waiting.some(({ diagnostics }) =>
    diagnostics.some(({ severity }) => severity === 'error'),
  )
  if (broken || [...paths].some((path) => !path.includes('/tasks/'))) return
  const open = await project.store.conflicts()
  const aside = new Set(open.map(({ entity, field }) => `${entity} ${field}`))
  await using other = new World({ ...options, seed: ~options.seed, plant: (ports) => ports })
  const second = new Set<string>(
    waiting.flatMap(({ path, diagnostics }) =>
      diagnostics.some(({ code }) => code === 'former-path') ? [`${ROOT}/${path}`] : [],
    ),
  )
  for (const [path, text] of world.people.texts()) if (!second.has(path)) putFile(other, path, text)
  await quietSync(other)
  const { project: rebuilt } = await other.process()
  const held = [...(await idsAt(project, paths)), ...(await idsAt(rebuilt, paths))]
  const actual = await fieldsOf(rebuilt, aside, held)
  assert.deepEqual(actual, await fieldsOf(project, aside, held), 'a rebuild gives the same fields')
}

function putFile({ disk }: World, path: string, text: string): void {
  let folder = ''
  for (const part of path.split('/').slice(1, -1)) {
    folder = `${folder}/${part}`
    if (disk.at(folder) === null) disk.mkdir(folder)
  }
  const descriptor = disk.open(join(path), 0o101)
  disk.write(descriptor, new TextEncoder().encode(text))
  disk.close(descriptor)
}

/**
 * Fields that a rebuild does not bring back as they were: days that only history knows, and the day of
 * completion, which a stale editor clears and the rules set again.
 */
const UNRESTORED: ReadonlySet<string> = new Set(['started', 'completed', 'session'])

type FieldsById = readonly (readonly [EntityId, readonly (readonly [string, unknown])[]])[]

async function idsAt(project: Project, paths: ReadonlySet<string>): Promise<readonly EntityId[]> {
  const names = await project.store.names()
  return names.flatMap(({ id, path }) => (path !== null && paths.has(path) ? [id] : []))
}

/** What a rebuild restores of every task but those in `held`, and but values that name one of them. */
async function fieldsOf(
  project: Project,
  aside: ReadonlySet<string>,
  held: readonly EntityId[],
): Promise<FieldsById> {
  const { items } = await project.store.find({ kind: 'task', limit: 1000, archived: 'all' })
  const namesHeld = (value: unknown): boolean => {
    const text = JSON.stringify(value)
    return held.some((id) => text.includes(id))
  }
  return items
    .filter(({ id }) => !held.includes(id))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, fields }) => [
      id,
      [...fields]
        .filter(([name]) => !UNRESTORED.has(name))
        .filter(([name, value]) => !aside.has(`${id} ${name}`) && !namesHeld(value))
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ])
}
