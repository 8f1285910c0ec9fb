import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeFileSync } from 'node:fs'
import { OPEN } from '../../src/folder/file-system-calls.ts'
import type { Swap, SwapOutcome } from '../../src/ports/folder.ts'
import type { Hook } from '../faults/faulty-calls.ts'
import {
  callsKilledAt,
  hastyCalls,
  hookedCalls,
  Killed,
  systemError,
} from '../faults/faulty-calls.ts'
import type { Plan } from '../faults/temp-project.ts'
import { swap, swapOf, swapOne, TARGET, TASK, TempProject } from '../faults/temp-project.ts'

const OLD = 'the old text, which a person wrote\n'
const NEW = 'the new text, which the database has and which is longer\n'

const PLANS: readonly (readonly [string, Plan])[] = [
  ['replace', { kind: 'replace', old: OLD, new: NEW }],
  ['create', { kind: 'create', new: NEW }],
  ['create in a new folder', { kind: 'create', path: 'sessions/next/tasks/t.md', new: NEW }],
  ['remove', { kind: 'remove', old: OLD }],
  ['move', { kind: 'move', old: OLD }],
  ['move with new text', { kind: 'move', old: OLD, new: NEW }],
]

const noLinks: Hook = (name) => {
  if (name === 'link') throw systemError('EPERM')
}

/** Runs `work` killed before call 0, 1, 2 … until it lives to its end; gives the number of its calls. */
async function killEverywhere(
  work: (at: number) => Promise<boolean>,
  first = 0,
  step = 1,
): Promise<number> {
  for (let at = first; ; at += step) if (!(await work(at))) return at
}

/** Every so many calls of a recovery it is killed itself; all of them on demand. */
const STEP = Number(process.env['DIPTYCH_RUNS'] ?? 0) >= 10_000 ? 1 : 23

/** Carries out or recovers with the process killed before call `at`; tells whether it was. */
async function runKilled(
  project: TempProject,
  at: number,
  hook: Hook,
  work: (folder: ReturnType<TempProject['open']>) => Promise<unknown>,
): Promise<boolean> {
  const { calls, wasKilled, close } = callsKilledAt(at, hook)
  try {
    await work(project.open(calls))
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  } finally {
    close()
  }
  return wasKilled()
}

function start(plan: Plan): { readonly project: TempProject; readonly one: Swap } {
  const project = new TempProject()
  if (plan.old !== undefined) project.write(TASK, plan.old)
  return { project, one: swapOf(project.open(hastyCalls), plan) }
}

function assertWhole(
  project: TempProject,
  { kind, path = TASK }: Plan,
  outcome: SwapOutcome,
): void {
  const source = project.text(path)
  const target = project.text(TARGET)
  const done = outcome.kind === 'done'
  assert.ok(done || outcome.kind === 'changed' || outcome.kind === 'absent', outcome.kind)
  switch (kind) {
    case 'replace':
      return assert.equal(source, done ? NEW : OLD)
    case 'create':
      return assert.equal(source, done ? NEW : null)
    case 'remove':
      return assert.equal(source, done ? null : OLD)
    case 'move':
      assert.equal(source, done ? null : OLD)
      assert.ok(done ? target === NEW || target === OLD : target === null, String(target))
  }
}

async function assertClean(project: TempProject, one: Swap): Promise<void> {
  const folder = project.open(hastyCalls)
  const { expected } = one.intent
  if (expected !== null) {
    assert.deepEqual(await folder.release(one.intent, expected), { kind: 'released' })
  }
  for (const name of await folder.strays([])) {
    const bytes = await folder.readStray(name)
    const text = Buffer.from(bytes ?? []).toString()
    assert.ok(NEW.startsWith(text) || OLD.startsWith(text), `stray holds ${JSON.stringify(text)}`)
    await folder.dropStray(name)
  }
  assert.deepEqual(project.pendingTexts(), [])
}

for (const [links, hook] of [
  ['', (): void => {}],
  [' without hard links', noLinks],
] as const) {
  for (const [title, plan] of PLANS) {
    test(`H40 a process killed at any call of a ${title}${links} leaves old or new, and nothing stuck`, async () => {
      const calls = await killEverywhere(async (at) => {
        const { project, one } = start(plan)
        using _ = project
        const killed = await runKilled(project, at, hook, (folder) => swapOne(folder, one))
        const folder = project.open(hookedCalls(hook, hastyCalls))
        const outcome = await folder.recover(one.intent, one.contents)
        assertWhole(project, plan, outcome)
        const again = await folder.recover(one.intent, one.contents)
        assert.equal(again.kind, outcome.kind)
        await assertClean(project, one)
        if (outcome.kind !== 'done') {
          assert.equal((await swap(folder, plan)).kind, 'done', 'the next attempt succeeds')
        }
        return killed
      })
      assert.ok(calls > 8, `${calls} calls`)
    })

    test(`H40 a recovery of a ${title}${links} that is killed itself is recovered`, async () => {
      await killEverywhere(async (at) => {
        let killedFirst = false
        await killEverywhere(
          async (then) => {
            const { project, one } = start(plan)
            using _ = project
            const killed = await runKilled(project, at, hook, (folder) => swapOne(folder, one))
            killedFirst ||= killed
            const again = await runKilled(project, then, hook, (folder) =>
              folder.recover(one.intent, one.contents),
            )
            const outcome = await project
              .open(hookedCalls(hook, hastyCalls))
              .recover(one.intent, one.contents)
            assertWhole(project, plan, outcome)
            await assertClean(project, one)
            return again
          },
          at % STEP,
          STEP,
        )
        return killedFirst
      })
    })
  }
}

for (const [title, plan] of PLANS.filter(([, { old }]) => old !== undefined)) {
  for (const contents of ['kept', 'lost'] as const) {
    test(`H40 a save after a killed ${title} survives its recovery, the new bytes being ${contents}`, async () => {
      await killEverywhere(async (at) => {
        const { project, one } = start(plan)
        using _ = project
        const killed = await runKilled(
          project,
          at,
          () => {},
          (folder) => swapOne(folder, one),
        )
        writeFileSync(project.at(TASK), 'token\n')
        const folder = project.open(hastyCalls)
        const given = contents === 'kept' ? one.contents : null
        const outcome = await folder.recover(one.intent, given)
        assert.notEqual(outcome.kind, 'failed')
        const found = [project.text(TASK), project.text(TARGET), ...project.pendingTexts()]
        assert.ok(found.includes('token\n'), JSON.stringify(found))
        assert.ok(
          killed || found.some((text) => text === NEW || text === OLD || plan.kind === 'remove'),
        )
        return killed
      })
    })
  }
}

test('H40 a replacement whose new bytes are lost is undone', async () => {
  using project = new TempProject()
  project.write(TASK, OLD)
  const one = swapOf(project.open(hastyCalls), { kind: 'replace', old: OLD, new: NEW })
  const killed = await runKilled(
    project,
    Number.POSITIVE_INFINITY,
    (name) => {
      if (name === 'link') throw new Killed()
    },
    (folder) => swapOne(folder, one),
  )
  assert.equal(killed, false)
  assert.equal(project.text(TASK), null)
  await project.open(hastyCalls).dropStray(one.intent.temp)
  assert.deepEqual(await project.open(hastyCalls).recover(one.intent, null), {
    kind: 'changed',
    displaced: null,
  })
  assert.equal(project.text(TASK), OLD)
})

test('H41 the new bytes are durable before they get their name, and both folders before it is done', async () => {
  using project = new TempProject()
  project.write(TASK, OLD)
  const order: string[] = []
  const opened = new Map<number, string>()
  const calls = hookedCalls((name, _, args) => {
    if (name === 'sync') order.push(`sync ${opened.get(args[0] as number)}`)
    if (name === 'rename' || name === 'link') order.push(name)
  })
  const folder = project.open({
    ...calls,
    open(path, flags, mode) {
      const descriptor = calls.open(path, flags, mode)
      const kind = flags === OPEN.CREATE ? 'temp' : path.slice(project.root.length + 1)
      opened.set(descriptor, kind)
      return descriptor
    },
  })
  assert.equal((await swap(folder, { kind: 'replace', old: OLD, new: NEW })).kind, 'done')
  assert.deepEqual(order.slice(0, 3), ['sync temp', 'rename', 'link'])
  assert.deepEqual(order.slice(3).sort(), ['sync .local/pending', 'sync sessions/main/tasks'])
})
