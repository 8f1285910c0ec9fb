import assert from 'node:assert/strict'
import { existsSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { countingIds, TempProject } from '../../test/faults/temp-project.ts'
import { nodeFileSystemCalls } from './file-system-calls.ts'
import type { FolderContext } from './folder-context.ts'
import { ensureLocalFolder, freshNames, pendingPath, readFileClock } from './local-folder.ts'

function contextOf(project: TempProject): FolderContext {
  return { calls: nodeFileSystemCalls, root: project.root, ids: countingIds, pause: async () => {} }
}

test('H113 the local folder is open to its owner alone, and made once', () => {
  using project = new TempProject()
  writeFileSync(project.at('.local/trash/kept'), 'x')
  ensureLocalFolder(project.root)
  for (const folder of ['.local', '.local/trash', '.local/pending']) {
    assert.equal(statSync(project.at(folder)).mode & 0o777, 0o700, folder)
  }
  assert.equal(existsSync(project.at('.local/trash/kept')), true)
})

test('a local folder that is a link is refused', () => {
  using project = new TempProject()
  rmSync(project.at('.local'), { recursive: true })
  symlinkSync(project.at('sessions'), project.at('.local'))
  assert.throws(() => ensureLocalFolder(project.root), { code: 'folder-unavailable' })
  assert.equal(existsSync(project.at('sessions/pending')), false)
})

test('fresh names are names of files, and others are refused', () => {
  using project = new TempProject()
  const context = contextOf(project)
  const { temp, aside } = freshNames(context)
  assert.notEqual(temp, aside)
  assert.notEqual(freshNames(context).temp, temp)
  assert.equal(pendingPath(context, temp), project.at(`.local/pending/${temp}`))
  for (const name of ['', '..', '../x', 'a/b', '/x', 'a\0']) {
    assert.throws(() => pendingPath(context, name), { code: 'internal' }, name)
  }
})

test('the clock of files is never ahead of what is written after it', () => {
  using project = new TempProject()
  const clock = readFileClock(contextOf(project))
  writeFileSync(project.at('later'), 'x')
  assert.ok(statSync(project.at('later'), { bigint: true }).mtimeNs >= clock.ns)
  assert.ok(BigInt(clock.observed) * 1_000_000n <= clock.ns)
})
