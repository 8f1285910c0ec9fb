import assert from 'node:assert/strict'
import {
  appendFileSync,
  closeSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { test } from 'node:test'
import type { CallName } from '../faults/faulty-calls.ts'
import { hookedCalls } from '../faults/faulty-calls.ts'
import type { Plan } from '../faults/temp-project.ts'
import { hashOf, swap, swapOf, swapOne, TARGET, TASK, TempProject } from '../faults/temp-project.ts'

const REPLACE: Plan = { kind: 'replace', old: 'old\n', new: 'new\n' }

/** Opens the project so that `person` acts just before the first call of `name` that touches the task. */
function racing(
  project: TempProject,
  name: CallName,
  person: () => void,
): ReturnType<TempProject['open']> {
  let acted = false
  return project.open(
    hookedCalls((call, _, args) => {
      if (acted || call !== name || !args.some((it) => it === project.at(TASK))) return
      acted = true
      person()
    }),
  )
}

function saveAtomically(project: TempProject, text: string): void {
  writeFileSync(project.at('sessions/main/tasks/.save'), text)
  renameSync(project.at('sessions/main/tasks/.save'), project.at(TASK))
}

function start(): TempProject {
  const project = new TempProject()
  project.write(TASK, 'old\n')
  return project
}

for (const save of ['atomically', 'in place'] as const) {
  const saved = (project: TempProject, text: string): void =>
    save === 'atomically' ? saveAtomically(project, text) : writeFileSync(project.at(TASK), text)

  test(`H33 a file saved ${save} between the last check and the swap is handed over`, async () => {
    using project = start()
    const folder = racing(project, 'rename', () => saved(project, 'mine\n'))
    const outcome = await swap(folder, REPLACE)
    assert.equal(outcome.kind, 'done')
    assert.equal(project.text(TASK), 'new\n')
    assert.ok(outcome.kind === 'done' && outcome.displaced !== null)
    assert.equal(Buffer.from(outcome.displaced.bytes).toString(), 'mine\n')
    assert.equal(outcome.displaced.hash, hashOf('mine\n'))
  })

  test(`H33 a file saved ${save} before the last check is left alone`, async () => {
    using project = start()
    const folder = racing(project, 'lstat', () => saved(project, 'mine\n'))
    assert.deepEqual(await swap(folder, REPLACE), { kind: 'changed', displaced: null })
    assert.equal(project.text(TASK), 'mine\n')
    assert.deepEqual(project.pendingTexts(), [])
  })

  test(`H33 a file saved ${save} just before its removal stays where it is and is handed over`, async () => {
    using project = start()
    const folder = racing(project, 'rename', () => saved(project, 'mine\n'))
    const outcome = await swap(folder, { kind: 'remove', old: 'old\n' })
    assert.ok(outcome.kind === 'changed' && outcome.displaced?.hash === hashOf('mine\n'))
    assert.equal(project.text(TASK), 'mine\n')
    assert.deepEqual(project.pendingTexts(), [])
  })

  test(`H33 a file saved ${save} just before it is moved takes its save along`, async () => {
    using project = start()
    const folder = racing(project, 'rename', () => saved(project, 'mine\n'))
    assert.equal((await swap(folder, { kind: 'move', old: 'old\n' })).kind, 'done')
    assert.equal(project.text(TARGET), 'mine\n')
    assert.equal(project.text(TASK), null)
  })
}

test('H34 what an old descriptor writes after the swap is found aside', async () => {
  using project = start()
  const descriptor = openSync(project.at(TASK), 'r+')
  const folder = project.open()
  const one = swapOf(folder, REPLACE)
  assert.equal((await swapOne(folder, one)).kind, 'done')
  assert.equal(await folder.revisit(one.intent, hashOf('old\n')), null)
  writeSync(descriptor, 'late')
  const late = await folder.revisit(one.intent, hashOf('old\n'))
  assert.equal(Buffer.from(late?.bytes ?? []).toString(), 'late')
  assert.equal((await folder.release(one.intent, hashOf('old\n'))).kind, 'late-write')
  assert.deepEqual(project.pendingTexts(), ['late'], 'it stays until it is known')
  assert.deepEqual(await folder.release(one.intent, hashOf('late')), { kind: 'released' })
  assert.deepEqual(await folder.release(one.intent, hashOf('late')), { kind: 'released' })
  assert.deepEqual(project.pendingTexts(), [])
  closeSync(descriptor)
})

test('H34 what an old descriptor writes while the displaced file is dropped is handed over', async () => {
  using project = start()
  const descriptor = openSync(project.at(TASK), 'r+')
  const one = swapOf(project.open(), REPLACE)
  const folder = project.open(
    hookedCalls((name, _, [path]) => {
      if (name === 'unlink' && String(path).endsWith(one.intent.aside))
        writeSync(descriptor, 'late')
    }),
  )
  await swapOne(folder, one)
  const outcome = await folder.release(one.intent, hashOf('old\n'))
  assert.ok(outcome.kind === 'late-write')
  assert.equal(Buffer.from(outcome.bytes).toString(), 'late')
  closeSync(descriptor)
})

for (const given of [{}, { new: 'old\n' }])
  test(`H34 a moved file stays the one that its editor holds open (${JSON.stringify(given)})`, async () => {
    using project = start()
    const descriptor = openSync(project.at(TASK), 'a')
    assert.equal(
      (await swap(project.open(), { kind: 'move', old: 'old\n', ...given })).kind,
      'done',
    )
    appendFileSync(descriptor, 'more\n')
    closeSync(descriptor)
    assert.equal(project.text(TARGET), 'old\nmore\n')
    assert.deepEqual(project.pendingTexts(), [])
  })

test('H35 of saves just before and inside the swap the later stays and the earlier is handed over', async () => {
  using project = start()
  let step = 0
  const folder = project.open(
    hookedCalls((name) => {
      if (name === 'rename' && step++ === 0) saveAtomically(project, 'before\n')
      if (name === 'link') saveAtomically(project, 'inside\n')
    }),
  )
  const outcome = await swap(folder, REPLACE)
  assert.ok(outcome.kind === 'occupied' && outcome.displaced !== null)
  assert.equal(Buffer.from(outcome.displaced.bytes).toString(), 'before\n')
  assert.equal(project.text(TASK), 'inside\n')
})

test('H36 a file that someone creates first stays', async () => {
  using project = new TempProject()
  const folder = racing(project, 'link', () => project.write(TASK, 'theirs\n'))
  const outcome = await swap(folder, { kind: 'create', new: 'ours\n' })
  assert.deepEqual(outcome, { kind: 'occupied', displaced: null })
  assert.equal(project.text(TASK), 'theirs\n')
  assert.deepEqual(project.pendingTexts(), [])
})

test('H36 a file that someone creates at the target of a move stays, and the moved one too', async () => {
  using project = start()
  let done = false
  const folder = project.open(
    hookedCalls((name) => {
      if (name !== 'link' || done) return
      done = true
      project.write(TARGET, 'theirs\n')
    }),
  )
  const outcome = await swap(folder, { kind: 'move', old: 'old\n' })
  assert.deepEqual(outcome, { kind: 'occupied', displaced: null })
  assert.equal(project.text(TARGET), 'theirs\n')
  assert.equal(project.text(TASK), 'old\n')
  assert.deepEqual(project.pendingTexts(), [])
})

for (const kind of ['replace', 'remove', 'move'] as const) {
  for (const call of ['open', 'lstat', 'rename'] as const) {
    test(`H37 a file deleted before the ${call} of its ${kind} is absent, and not brought back`, async () => {
      using project = start()
      const folder = racing(project, call, () => rmSync(project.at(TASK)))
      const plan: Plan = kind === 'replace' ? REPLACE : { kind, old: 'old\n' }
      assert.deepEqual(await swap(folder, plan), { kind: 'absent' })
      assert.equal(project.text(TASK), null)
      assert.equal(project.text(TARGET), null)
      assert.deepEqual(project.pendingTexts(), [])
    })
  }
}

test('H38 a folder renamed between the check and the swap loses nothing', async () => {
  using project = start()
  const folder = racing(project, 'rename', () =>
    renameSync(project.at('sessions/main/tasks'), project.at('sessions/main/work')),
  )
  assert.deepEqual(await swap(folder, REPLACE), { kind: 'absent' })
  assert.equal(project.text('sessions/main/work/t-7k2m9xqd-fix-login.md'), 'old\n')
})
