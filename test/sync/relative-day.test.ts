import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relativeDay } from '../../src/lens/codec/relative-day.ts'
import { HandTime } from './hand-time.ts'
import { makeLiveWorkspace, until } from './live-workspace.ts'
import { makeWorkspace } from './workspace.ts'

test('a day that counts from today is taken from a save that was seen, and stands in the file once it is quiet', async (t) => {
  const time = new HandTime(Date.now())
  const space = await makeLiveWorkspace(t, {}, () => ({ clock: time, alarm: time }))
  const id = await space.add('task', 'Fix login')
  await space.live.settled()
  const path = await space.pathOf(id)
  const friday = relativeDay('next friday', time.today())
  space.write(path, space.read(path).replace('\ncreated:', '\ndue: next Friday\ncreated:'))
  await until('it is taken', async () => (await space.field(id, 'due')) === friday)
  assert.match(space.read(path), /due: next Friday/)
  time.pass(5100)
  await until('the file says the day', () => space.read(path).includes(`due: ${friday}`))
  assert.deepEqual((await space.live.settled()).diagnostics, [])
})

test('a day that was understood stays the same when it is looked at later', async (t) => {
  const time = new HandTime(Date.now())
  const space = await makeLiveWorkspace(t, {}, () => ({ clock: time, alarm: time }))
  const id = await space.add('task', 'Fix login')
  await space.live.settled()
  const path = await space.pathOf(id)
  const day = relativeDay('in 3 days', time.today())
  space.write(path, space.read(path).replace('\ncreated:', '\ndue: in 3 days\ncreated:'))
  await until('it is taken', async () => (await space.field(id, 'due')) === day)
  await space.live[Symbol.asyncDispose]()
  await space.sync()
  assert.equal(await space.field(id, 'due'), day)
  assert.match(space.read(path), new RegExp(`due: ${day}`))
  assert.equal((await space.sync()).writes, 0)
})

test('a day that counts from a day which nobody saw is held, with what it would be today', async (t) => {
  const space = await makeWorkspace(t)
  const id = await space.add('task', 'Fix login', { due: '2026-12-04' })
  await space.sync()
  const path = await space.pathOf(id)
  space.write(path, space.read(path).replace('due: 2026-12-04', 'due: tomorrow'))
  for (let turn = 0; turn < 2; turn++) {
    const { diagnostics } = await space.sync()
    const tomorrow = relativeDay('tomorrow', space.project().clock.today())
    assert.equal(diagnostics.length, 1)
    assert.match(diagnostics[0]?.message ?? '', /counts from the day on which it was written/)
    assert.match(
      diagnostics[0]?.hint ?? '',
      new RegExp(`${tomorrow} \\(if it was written today\\)`),
    )
    assert.equal(await space.field(id, 'due'), '2026-12-04')
    assert.match(space.read(path), /due: tomorrow/)
  }
})

test('a new line on a board may say such a day as well', async (t) => {
  const time = new HandTime(Date.now())
  const space = await makeLiveWorkspace(t, {}, () => ({ clock: time, alarm: time }))
  await space.add('task', 'Fix login')
  await space.live.settled()
  const board = 'sessions/main/board.md'
  space.write(board, `${space.read(board)}- [ ] Ship it due:tomorrow\n`)
  await space.live.settled()
  time.pass(5100)
  const tomorrow = relativeDay('tomorrow', time.today())
  await until('the task is made', async () => {
    const { items } = await space.project().store.find({ kind: 'task', limit: 5 })
    return items.some(
      ({ fields }) => fields.get('title') === 'Ship it' && fields.get('due') === tomorrow,
    )
  })
})
