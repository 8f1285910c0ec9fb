import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { temporary } from './bed.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Uses of the library that only hold where its declarations are whole and ask for nothing of its own. */
const CONSUMER = `
import { openWorkspace, isDiptychError, TASK_STATUSES, type Task, type TaskStatus } from 'diptych'

const ws = await openWorkspace()
const id: string = 't-7k2m9xqd'
const task: Task | null = await ws.tasks.get(id)
const ids: string[] = [task?.id ?? '', task?.session ?? '', ...(task?.depends_on ?? [])]
await ws.tasks.create({ title: 'x', depends_on: ids, group: null, status: 'wip', estimate: '4h' })
const status: TaskStatus = task?.status ?? TASK_STATUSES[0]
for await (const { entity, position } of ws.changes()) ids.push(entity, position)
try {
  await ws.tasks.update(id, { status }, { expectedRevision: task?.revision ?? 1 })
} catch (error) {
  if (isDiptychError(error, 'stale-revision')) {
    const code: 'stale-revision' = error.code
    ids.push(code, error.details.hint)
  }
}
const { items, nextCursor } = await ws.tasks.page({ parent: task === null ? undefined : null })
ids.push(...items.map((item) => item.id))
await ws.tasks.page({ cursor: nextCursor, group: task?.group })
await ws.tasks.update(id, { due: task?.due, title: task?.title }, { expectedRevision: task?.revision })
// @ts-expect-error what follows from what is done is not set
if (task !== null) await ws.tasks.create({ ...task, title: 'a copy' })
// @ts-expect-error a title is needed
await ws.tasks.create({ title: undefined })
// @ts-expect-error a title is needed
await ws.tasks.create({ status: 'pending' })
// @ts-expect-error it is spelled otherwise
await ws.tasks.update(id, { estimat: 4 })
// @ts-expect-error what is read is not written to
if (task !== null) task.title = 'x'
// @ts-expect-error there is no such status
const wrong: TaskStatus = 'bogus'
`

function compile(arguments_: readonly string[], cwd: string): string {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
  const run = spawnSync(process.execPath, [compiler, ...arguments_], { cwd, encoding: 'utf8' })
  return run.stdout + run.stderr
}

test('the declarations show what the library is and nothing of how it is done', (t) => {
  const directory = temporary(t)
  const types = join(directory, 'types')
  const emit = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      emitDeclarationOnly: true,
      rootDir: join(ROOT, 'src'),
      outDir: types,
      typeRoots: [join(ROOT, 'node_modules/@types')],
    },
    include: [],
    files: [join(ROOT, 'src/library/main.ts')],
  }
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(emit))
  assert.equal(compile(['--project', 'tsconfig.json'], directory), '')
  const parts = new Set([...reached(types, 'library/main.d.ts')].map((path) => path.split('/')[0]))
  assert.deepEqual(parts, new Set(['library', 'model']))

  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(directory, 'consumer.ts'), CONSUMER)
  const use = {
    compilerOptions: {
      module: 'nodenext',
      target: 'es2024',
      lib: ['es2024', 'dom', 'esnext.disposable'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      types: [],
      paths: { diptych: [join(types, 'library/main.d.ts')] },
    },
    files: ['consumer.ts'],
  }
  writeFileSync(join(directory, 'use.json'), JSON.stringify(use))
  assert.equal(compile(['--project', 'use.json'], directory), '')
})

/** Declarations that one leads to. */
function reached(root: string, start: string): ReadonlySet<string> {
  const seen = new Set([start])
  for (const path of seen) {
    const text = readFileSync(join(root, path), 'utf8')
    for (const [, target = ''] of text.matchAll(/from '(\.[^']+)'/g)) {
      const next = posix.join(posix.dirname(path), target)
      seen.add(next.replace(/\.[jt]s$/, '.d.ts'))
    }
  }
  return seen
}
