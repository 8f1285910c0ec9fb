import assert from 'node:assert/strict'
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { test } from 'node:test'
import { nodeFileSystemCalls } from '../../src/folder/file-system-calls.ts'
import type { Folder, SwapOutcome } from '../../src/ports/folder.ts'
import type { CallName } from '../faults/faulty-calls.ts'
import { hookedCalls, systemError } from '../faults/faulty-calls.ts'
import type { Plan } from '../faults/temp-project.ts'
import { hashOf, swap, swapOf, swapOne, TASK, TempProject } from '../faults/temp-project.ts'

const REPLACE: Plan = { kind: 'replace', old: 'old\n', new: 'new\n' }
const OTHER = 'sessions/main/tasks/t-3fq8wdra-other.md'

function start(): TempProject {
  const project = new TempProject()
  project.write(TASK, 'old\n')
  project.write(OTHER, 'old\n')
  return project
}

/** Opens the project with the first `times` calls of `name` that `concerns` the task failing with `code`. */
function failing(
  project: TempProject,
  name: CallName,
  code: string,
  times: number,
  concerns: (args: readonly unknown[]) => boolean = () => true,
): Folder {
  let left = times
  return project.open(
    hookedCalls((call, _, args) => {
      if (call !== name || !concerns(args) || left-- <= 0) return
      throw systemError(code)
    }),
  )
}

function assertFailed(outcome: SwapOutcome | undefined, code: string): void {
  assert.ok(outcome?.kind === 'failed', outcome?.kind)
  assert.equal(outcome.diagnostic.code, 'pending')
  assert.ok(outcome.diagnostic.message.includes(code), outcome.diagnostic.message)
  assert.notEqual(outcome.diagnostic.hint, '')
}

for (const mode of [0o755, 0o600, 0o444]) {
  test(`H12 a file of mode ${mode.toString(8)} keeps it when it is replaced`, async () => {
    using project = start()
    chmodSync(project.at(TASK), mode)
    assert.equal((await swap(project.open(), REPLACE)).kind, 'done')
    assert.equal(statSync(project.at(TASK)).mode & 0o7777, mode)
    assert.equal(project.text(TASK), 'new\n')
  })
}

test('H12 a file that may not be given away is replaced all the same', async () => {
  using project = start()
  const real = nodeFileSystemCalls
  const folder = project.open({
    ...real,
    fstat: (descriptor) => Object.assign(real.fstat(descriptor), { gid: BigInt(descriptor) + 7n }),
    fchown: () => {
      throw systemError('EPERM')
    },
  })
  assert.equal((await swap(folder, REPLACE)).kind, 'done')
  assert.equal(project.text(TASK), 'new\n')
})

for (const code of ['EPERM', 'EBUSY']) {
  test(`H14 a file that is held open (${code}) for a moment is replaced`, async () => {
    using project = start()
    const folder = failing(project, 'rename', code, 2)
    assert.equal((await swap(folder, REPLACE)).kind, 'done')
    assert.equal(project.text(TASK), 'new\n')
  })

  test(`H14 a file that stays held open (${code}) is pending, and the others proceed`, async () => {
    using project = start()
    const folder = failing(project, 'rename', code, Infinity, ([path]) => path === project.at(TASK))
    const swaps = [swapOf(folder, REPLACE), swapOf(folder, { ...REPLACE, path: OTHER })]
    const [first, second] = await folder.carryOut(swaps)
    assertFailed(first, code)
    assert.equal(second?.kind, 'done')
    assert.equal(project.text(TASK), 'old\n')
    assert.equal(project.text(OTHER), 'new\n')
    const intent = swaps[0]?.intent
    assert.ok(intent)
    assert.deepEqual(await project.open().recover(intent, null), {
      kind: 'changed',
      displaced: null,
    })
  })
}

for (const code of ['ENOSPC', 'EIO', 'EDQUOT']) {
  test(`H15 ${code} while the new bytes are written leaves the file alone and no litter`, async () => {
    using project = start()
    const folder = failing(project, 'write', code, Infinity, ([, bytes]) => {
      return (bytes as Uint8Array).length > 1
    })
    assertFailed(await swap(folder, REPLACE), code)
    assert.equal(project.text(TASK), 'old\n')
    assert.deepEqual(project.pendingTexts(), [])
    assert.equal((await swap(project.open(), REPLACE)).kind, 'done')
  })
}

test('H15 an error after the file was moved aside brings it back', async () => {
  using project = start()
  const folder = failing(project, 'link', 'EIO', 1)
  assertFailed(await swap(folder, REPLACE), 'EIO')
  assert.equal(project.text(TASK), 'old\n')
  assert.deepEqual(project.pendingTexts(), [])
})

test('H15 a file that cannot even be brought back is kept aside until it can', async () => {
  using project = start()
  const folder = failing(project, 'link', 'EIO', 2)
  const one = swapOf(folder, REPLACE)
  assertFailed(await swapOne(folder, one), 'EIO')
  assert.equal(project.text(TASK), null)
  assert.deepEqual(project.pendingTexts(), ['old\n'])
  assert.equal((await folder.recover(one.intent, one.contents)).kind, 'done')
  assert.equal(project.text(TASK), 'new\n')
})

test('H16 after an fsync error the descriptor is not synced again, and the next attempt writes anew', async () => {
  using project = start()
  const synced: unknown[] = []
  let opened = 0
  const folder = project.open(
    hookedCalls((name, _, [first]) => {
      if (name === 'open' && String(first).endsWith('.new')) opened++
      if (name !== 'sync') return
      synced.push(first)
      if (synced.length === 1) throw systemError('EIO')
    }),
  )
  const one = swapOf(folder, REPLACE)
  assertFailed(await swapOne(folder, one), 'EIO')
  assert.equal(synced.length, 1)
  assert.equal(project.text(TASK), 'old\n')
  assert.deepEqual(project.pendingTexts(), [])
  const before = opened
  assert.equal((await swapOne(folder, one)).kind, 'done')
  assert.ok(opened > before)
})

test('H16 an fsync error of the folder leaves the intent to recovery', async () => {
  using project = start()
  let syncs = 0
  const folder = project.open(
    hookedCalls((name) => {
      if (name === 'sync' && ++syncs === 2) throw systemError('EIO')
    }),
  )
  const one = swapOf(folder, REPLACE)
  assertFailed(await swapOne(folder, one), 'EIO')
  assert.equal((await folder.recover(one.intent, one.contents)).kind, 'done')
  assert.equal(project.text(TASK), 'new\n')
})

test('H14 a read-only folder is told apart by its hint', async () => {
  using project = start()
  const folder = failing(project, 'rename', 'EACCES', Infinity)
  const outcome = await swap(folder, REPLACE)
  assertFailed(outcome, 'EACCES')
  assert.ok(outcome.kind === 'failed' && /chmod/.test(outcome.diagnostic.hint))
})

test('H44 a temporary file that is there already is no obstacle, and unknown bytes in it are kept', async () => {
  using project = start()
  const folder = project.open()
  const one = swapOf(folder, REPLACE)
  writeFileSync(project.at(`.local/pending/${one.intent.temp}`), 'whose?')
  assert.equal((await swapOne(folder, one)).kind, 'done')
  assert.equal(project.text(TASK), 'new\n')
  const strays = await folder.strays([one.intent])
  assert.equal(strays.length, 1)
  const [name = ''] = strays
  assert.equal(Buffer.from((await folder.readStray(name)) ?? []).toString(), 'whose?')
  await folder.dropStray(name)
  await folder.dropStray(name)
  assert.equal(await folder.readStray(name), null)
  assert.deepEqual(await folder.strays([one.intent]), [])
  assert.deepEqual(await folder.strays([]), [one.intent.aside])
})

test('H44 an aside that is there already is never overwritten', async () => {
  using project = start()
  const folder = project.open()
  const one = swapOf(folder, REPLACE)
  writeFileSync(project.at(`.local/pending/${one.intent.aside}`), 'precious')
  assertFailed(await swapOne(folder, one), 'not finished')
  assert.deepEqual(project.pendingTexts(), ['precious'])
  assert.equal(project.text(TASK), 'old\n')
})

test('H03 a replaced file has one name, and one with two is read but not replaced', async () => {
  using project = start()
  assert.equal((await swap(project.open(), REPLACE)).kind, 'done')
  assert.equal(statSync(project.at(TASK)).nlink, 1)
  linkSync(project.at(OTHER), project.at('elsewhere'))
  const outcome = await swap(project.open(), { ...REPLACE, path: OTHER })
  assert.ok(outcome.kind === 'failed' && outcome.diagnostic.code === 'not-a-file')
  assert.equal(project.text(OTHER), 'old\n')
  assert.equal(project.text('elsewhere'), 'old\n')
})

test('H13 a folder in the place of a document is refused and stays', async () => {
  using project = start()
  rmSync(project.at(TASK))
  mkdirSync(project.at(TASK))
  for (const plan of [REPLACE, { kind: 'remove', old: 'old\n' }] as const) {
    const outcome = await swap(project.open(), plan)
    assert.ok(outcome.kind === 'failed' && outcome.diagnostic.code === 'not-a-file')
  }
  const created = await swap(project.open(), { kind: 'create', new: 'new\n' })
  assert.equal(created.kind, 'occupied')
  assert.deepEqual(readdirSync(project.at(TASK)), [])
})

test('a swap of many files carries out each, in order', async () => {
  using project = new TempProject()
  const folder = project.open()
  const swaps = Array.from({ length: 300 }, (_, i) =>
    swapOf(folder, { kind: 'create', path: `sessions/s${i % 3}/tasks/t-${i}.md`, new: `${i}\n` }),
  )
  const outcomes = await folder.carryOut(swaps)
  assert.deepEqual(new Set(outcomes.map((it) => it.kind)), new Set(['done']))
  assert.equal(project.text('sessions/s2/tasks/t-299.md'), '299\n')
  assert.deepEqual(project.pendingTexts(), [])
})

test('a swap whose contents do not hash to what it promises is a fault of the program', async () => {
  using project = start()
  const folder = project.open()
  const one = swapOf(folder, REPLACE)
  await assert.rejects(folder.carryOut([{ ...one, contents: Buffer.from('other') }]), {
    code: 'internal',
  })
  assert.equal(folder.hash(Buffer.from('old\n')), hashOf('old\n'))
})
