import assert from 'node:assert/strict'
import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, describe, it } from 'node:test'
import * as fc from 'fast-check'
import type { ContentHash } from '../../src/model/document.ts'
import type { EntityId } from '../../src/model/id.ts'
import { removeEntity } from '../../src/tasks/remove-entity.ts'
import { crashOnce } from '../sync/crash.ts'
import { type Workspace, makeWorkspace } from '../sync/workspace.ts'

const RUNS = Math.max(25, Math.round(Number(process.env['DIPTYCH_RUNS'] ?? 0) / 100))
const SEED = process.env['DIPTYCH_SEED']
const BOARD = 'sessions/main/board.md'

/**
 * One thing that a person or a program does. Numbers choose the task and the word; every word is
 * written once in a run, so that whatever becomes of it can be traced.
 */
type Step =
  | {
      readonly kind:
        | 'prose'
        | 'note'
        | 'key'
        | 'retitle'
        | 'copy'
        | 'rename'
        | 'delete'
        | 'cut'
        | 'file-in'
      readonly task: number
    }
  | { readonly kind: 'row'; readonly task: number; readonly field: 'assignee' | 'notes' | 'title' }
  | { readonly kind: 'trash'; readonly task: number }
  | { readonly kind: 'tick' | 'line' | 'drop' | 'up' | 'heading' | 'nest'; readonly task: number }
  | { readonly kind: 'crash'; readonly at: number }
  | { readonly kind: 'sync' }

const task = fc.nat({ max: 5 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'sync' } as const) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        ...([
          'prose',
          'note',
          'key',
          'retitle',
          'copy',
          'rename',
          'delete',
          'cut',
          'file-in',
        ] as const),
      ),
      task,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('row' as const),
      task,
      field: fc.constantFrom('assignee' as const, 'notes' as const, 'title' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('trash' as const), task }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('tick', 'line', 'drop', 'up', 'heading', 'nest'),
      task,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('crash' as const), at: fc.nat({ max: 45 }) }),
  },
)

/**
 * A run: the project, every word that someone wrote, and those that must never be lost: committed to
 * the database, or in a file when the engine looked. What its author overwrote before is not owed.
 */
interface Run {
  readonly w: Workspace
  readonly words: string[]
  readonly owed: Set<string>
  /** Hashes of all contents that files had when the engine looked. */
  readonly contents: Set<ContentHash>
}

function freshWord({ words }: Run): string {
  const word = `word${words.length}x`
  words.push(word)
  return word
}

/** Takes note of what is in the files now: from here on it is owed. */
function note(run: Run): void {
  const files = run.w.files()
  const seen = Object.entries(files).flat().join('\n')
  for (const text of Object.values(files)) {
    run.contents.add(run.w.project().folder.hash(new TextEncoder().encode(text)))
  }
  for (const word of run.words) if (seen.includes(word)) run.owed.add(word)
}

async function sync(run: Run): Promise<void> {
  note(run)
  await run.w.sync({ acceptDeletions: true })
}

async function taskAt({ w }: Run, index: number): Promise<{ id: EntityId; path: string } | null> {
  const tasks = (await w.project().store.names()).filter(
    (name) => name.kind === 'task' && name.live,
  )
  const found = tasks[index % Math.max(1, tasks.length)]
  return found === undefined || found.path === null || !w.exists(found.path)
    ? null
    : { id: found.id, path: found.path }
}

async function take(run: Run, move: Step): Promise<void> {
  const { w } = run
  if (move.kind === 'sync') return await sync(run)
  if (move.kind === 'crash') return await crash(run, move.at)
  const found = await taskAt(run, move.task)
  if (found === null) return
  const { id, path } = found
  const edit = (change: (text: string) => string): void => w.write(path, change(w.read(path)))
  switch (move.kind) {
    case 'prose':
      return edit((text) => text.replace(/^(# .*\n)/m, `$1\n${freshWord(run)}\n`))
    case 'note':
      return edit((text) => `${text}\n## Notes\n\n${freshWord(run)}\n`)
    case 'key':
      return edit((text) => text.replace(/^id:/m, `custom${move.task}: ${freshWord(run)}\nid:`))
    case 'retitle':
      return edit((text) => text.replace(/^# .*$/m, `# ${freshWord(run)}`))
    case 'copy':
      return w.write(`sessions/main/tasks/${freshWord(run)}.md`, w.read(path))
    case 'rename':
      return renameSync(
        join(w.root, path),
        join(w.root, `sessions/main/tasks/${freshWord(run)}.md`),
      )
    case 'delete':
      return w.remove(path)
    case 'row':
      return await editRow(run, id, move.field)
    case 'trash':
      return void (await removeEntity(w.project(), {
        reference: id,
        kinds: ['task'],
        reason: null,
      }))
    case 'cut':
      return edit((text) => text.slice(0, Math.floor(text.length / 2)))
    case 'file-in':
      return moveInto(run, path)
    default:
      if (w.exists(BOARD)) w.write(BOARD, editBoard(run, move.kind, id))
  }
}

async function editRow(run: Run, id: EntityId, field: string): Promise<void> {
  const word = freshWord(run)
  await run.w.edit(id, { [field]: word })
  run.owed.add(word)
}

/** Moves a file into the folder that is named after the group. */
function moveInto({ w }: Run, path: string): void {
  mkdirSync(join(w.root, 'sessions/main/tasks/backend'), { recursive: true })
  const name = path.slice(path.lastIndexOf('/') + 1)
  renameSync(join(w.root, path), join(w.root, 'sessions/main/tasks/backend', name))
}

/** A run that ends in the middle of a call, as with the power; another process goes on. */
async function crash(run: Run, at: number): Promise<void> {
  await crashOnce(run.w, at, at % 2 === 0)
  await run.w.reopen()
}

type BoardMove = 'tick' | 'line' | 'drop' | 'up' | 'heading' | 'nest'

function editBoard(run: Run, kind: BoardMove, id: EntityId): string {
  const text = run.w.read(BOARD)
  if (kind === 'line') return `${text.trimEnd()}\n- [ ] ${freshWord(run)}\n`
  if (kind === 'heading')
    return text.replace(
      '## No group',
      `## ${freshWord(run)}\n\n- [ ] ${freshWord(run)}\n\n## No group`,
    )
  const lines = text.split('\n')
  const at = lines.findIndex((candidate) => candidate.includes(id))
  const line = lines[at]
  if (line === undefined) return text
  if (kind === 'up') {
    const others = lines.toSpliced(at, 1)
    return others.toSpliced(others.indexOf('## No group') + 1, 0, '', line.trim()).join('\n')
  }
  if (kind === 'nest') return lines.toSpliced(at, 1, `  ${line}`).join('\n')
  return text.replace(`${line}\n`, kind === 'drop' ? '' : `${line.replace('[ ]', '[x]')}\n`)
}

/** Every text that either panel, the history or the kept bytes hold. */
async function everything({ w, contents }: Run): Promise<string> {
  const { store, base } = w.project()
  const texts: string[] = Object.values(w.files())
  texts.push(Object.keys(w.files()).join('\n'))
  for (const { old, new: now } of (await store.history({ limit: 1000 })).items) {
    texts.push(JSON.stringify([old, now]))
  }
  for (const { entity, text } of await store.tombstones()) {
    texts.push(text ?? '', JSON.stringify([...entity.fields]))
  }
  texts.push(JSON.stringify(await store.conflicts()))
  for (const { text } of await base.agreed()) texts.push(text)
  for (const { key } of await base.agreedIndex()) {
    for (const { text } of await base.olderTexts(key, 100)) texts.push(text)
  }
  for (const hash of contents) {
    const bytes = await base.kept(hash)
    if (bytes !== null) texts.push(new TextDecoder().decode(bytes))
  }
  const names = await store.names()
  for (const { fields } of await store.entities(names.map(({ id }) => id))) {
    texts.push(JSON.stringify([...fields]))
  }
  texts.push(...names.flatMap(({ formerPaths }) => formerPaths))
  return texts.join('\n')
}

async function assertAtRest(run: Run): Promise<void> {
  const { w } = run
  for (let i = 0; i < 3; i++) await sync(run)
  const files = w.files()
  const rest = await w.sync()
  assert.equal(rest.writes, 0, 'a pass after convergence writes nothing')
  assert.deepEqual(w.files(), files)
  const waiting = new Set<string>((await w.project().base.waiting()).map(({ path }) => path))
  const taken = Object.entries(files).filter(([path]) => !waiting.has(path))
  const ids = taken.flatMap(([, text]) => /^id: (\S+)$/m.exec(text)?.[1] ?? [])
  assert.equal(new Set(ids).size, ids.length, 'an id has one file')
  const found = await everything(run)
  for (const word of run.owed) assert.ok(found.includes(word), `${word} is nowhere any more`)
}

/** The fields of all live entities that a rebuild restores, conflicts left aside. */
async function panel(w: Workspace, aside: ReadonlySet<string>): Promise<unknown> {
  const { items } = await w.project().store.find({ kind: 'task', limit: 1000, archived: 'all' })
  return items
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, fields }) => [
      id,
      [...fields]
        .filter(([name]) => name !== 'started' && name !== 'session')
        .filter(([name]) => !aside.has(`${id} ${name}`))
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ])
}

async function assertEqualPanels(t: TestContext, { w }: Run): Promise<void> {
  const open = await w.project().store.conflicts()
  const aside = new Set(open.map(({ entity, field }) => `${entity} ${field}`))
  const other = await makeWorkspace(t)
  cpSync(join(w.root, 'sessions'), join(other.root, 'sessions'), { recursive: true })
  await other.sync()
  const waiting = (await w.project().base.waiting()).flatMap(({ diagnostics }) => diagnostics)
  const severe = waiting.filter(
    ({ severity, code }) => severity === 'error' || code === 'tombstone',
  )
  if (severe.length === 0) assert.deepEqual(await panel(other, aside), await panel(w, aside))
}

describe('two panels', () => {
  it('converge, stay equal and lose nothing, whatever people and programs do', async (t) => {
    const moves = fc.array(step, { minLength: 5, maxLength: 25 })
    const property = fc.asyncProperty(moves, async (steps) => {
      const w = await makeWorkspace(t)
      const run: Run = { w, words: [], owed: new Set(), contents: new Set() }
      await w.add('group', 'Backend')
      for (let i = 0; i < 5; i++)
        await w.add('task', freshWord(run), i < 3 ? { group: 'Backend' } : {})
      await w.sync()
      for (const move of steps) await take(run, move)
      await assertAtRest(run)
      await assertEqualPanels(t, run)
      rmSync(w.directory, { recursive: true, force: true })
    })
    await fc.assert(property, {
      numRuns: RUNS,
      ...(SEED === undefined ? {} : { seed: Number(SEED) }),
    })
  })
})
