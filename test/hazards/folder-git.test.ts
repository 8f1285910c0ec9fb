import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openFolder } from '../../src/folder/open-folder.ts'
import type { DocumentPath } from '../../src/model/document.ts'
import { countingIds, TASK, TempProject } from '../faults/temp-project.ts'

const OTHER = 'sessions/main/tasks/t-3fq8wdra-\u00fcber "x".md' as DocumentPath

function git(folder: string, ...args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.example', '-c', 'init.defaultBranch=main']
  return execFileSync('git', ['-C', folder, ...who, ...args], {
    encoding: 'utf8',
    env,
    stdio: 'pipe',
  }).trim()
}

function start(): TempProject {
  const project = new TempProject()
  project.write(TASK, 'x')
  git(project.root, 'init', '-q')
  return project
}

function commit(project: TempProject): string {
  git(project.root, 'add', 'config.yaml', 'sessions')
  git(project.root, 'commit', '-qm', 'x')
  return git(project.root, 'rev-parse', 'HEAD')
}

test('a folder outside of any repository has no git state and tracks nothing', async () => {
  using project = new TempProject()
  assert.deepEqual(await project.open().gitState(), { kind: 'none' })
  assert.deepEqual(await project.open().tracked([TASK]), new Set())
})

test('the head is the commit that is checked out, loose, packed or detached', async () => {
  using project = start()
  assert.deepEqual(await project.open().gitState(), { kind: 'quiet', head: null })
  const head = commit(project)
  assert.deepEqual(await project.open().gitState(), { kind: 'quiet', head })
  git(project.root, 'pack-refs', '--all')
  assert.deepEqual(await project.open().gitState(), { kind: 'quiet', head })
  git(project.root, 'checkout', '-q', '--detach')
  assert.deepEqual(await project.open().gitState(), { kind: 'quiet', head })
})

for (const name of [
  'MERGE_HEAD',
  'rebase-merge/',
  'rebase-apply/',
  'CHERRY_PICK_HEAD',
  'REVERT_HEAD',
  'BISECT_LOG',
  'index.lock',
]) {
  test(`H51 git is busy while ${name} exists`, async () => {
    using project = start()
    commit(project)
    const path = join(project.root, '.git', name)
    if (name.endsWith('/')) mkdirSync(path)
    else writeFileSync(path, '')
    const state = await project.open().gitState()
    assert.ok(state.kind === 'busy' && state.why !== '')
    assert.equal(state.at, '.git')
    rmSync(path, { recursive: true })
    assert.equal((await project.open().gitState()).kind, 'quiet')
  })
}

test('H51 a real merge that stopped is busy until it is finished', async () => {
  using project = start()
  commit(project)
  git(project.root, 'checkout', '-qb', 'side')
  project.write(TASK, 'side')
  commit(project)
  git(project.root, 'checkout', '-q', 'main')
  project.write(TASK, 'main')
  commit(project)
  assert.throws(() => git(project.root, 'merge', '-q', 'side'))
  assert.equal((await project.open().gitState()).kind, 'busy')
  git(project.root, 'merge', '--abort')
  assert.equal((await project.open().gitState()).kind, 'quiet')
})

test('H51 H54 a linked worktree has its own head and its own work', async () => {
  using project = start()
  const head = commit(project)
  git(project.root, 'worktree', 'add', '-q', 'elsewhere', '-b', 'side')
  const root = join(project.root, 'elsewhere')
  const worktree = openFolder({ root: join(root, 'sessions'), ids: countingIds })
  assert.deepEqual(await worktree.gitState(), { kind: 'quiet', head })
  writeFileSync(join(root, 'sessions/main/tasks/other.md'), 'x')
  git(root, 'add', 'sessions')
  git(root, 'commit', '-qm', 'y')
  assert.deepEqual(await worktree.gitState(), {
    kind: 'quiet',
    head: git(root, 'rev-parse', 'HEAD'),
  })
  assert.deepEqual(await project.open().gitState(), { kind: 'quiet', head })
  writeFileSync(join(project.root, '.git/worktrees/elsewhere/MERGE_HEAD'), '')
  const busy = await worktree.gitState()
  assert.ok(busy.kind === 'busy')
  assert.equal(busy.at, '../../.git/worktrees/elsewhere')
  assert.equal((await project.open().gitState()).kind, 'quiet')
})

test('what git tracks is told by path, whatever the names', async () => {
  using project = start()
  project.write(OTHER, 'x')
  commit(project)
  const untracked = 'sessions/main/tasks/new.md' as DocumentPath
  project.write(untracked, 'x')
  const tracked = await project.open().tracked([TASK, OTHER, untracked])
  assert.deepEqual(tracked, new Set([TASK, OTHER]))
  const below = openFolder({ root: project.at('sessions'), ids: countingIds })
  const path = TASK.slice('sessions/'.length) as DocumentPath
  assert.deepEqual(await below.tracked([path]), new Set([path]))
})

test('where git does not answer every path counts as tracked', async () => {
  using project = start()
  writeFileSync(project.at('.git/index'), 'not an index')
  assert.throws(() => git(project.root, 'ls-files'))
  assert.deepEqual(await project.open().tracked([TASK]), new Set([TASK]))
})

test('what git has staged is told as it would be checked out, and nothing of what it does not know', async () => {
  using project = start()
  assert.equal(await project.open().staged(TASK), null)
  commit(project)
  project.write(TASK, 'typed since')
  assert.equal(await project.open().staged(TASK), 'x')
  assert.equal(await project.open().staged(OTHER), null)
  using outside = new TempProject()
  assert.equal(await outside.open().staged(TASK), null)
})

test('H50 git has left files behind that an earlier commit had and the present one has not', async () => {
  using project = start()
  commit(project)
  git(project.root, 'checkout', '-qb', 'side')
  project.write(OTHER, 'x')
  const untracked = 'sessions/main/tasks/new.md' as DocumentPath
  commit(project)
  git(project.root, 'checkout', '-q', 'main')
  const paths = [TASK, OTHER, untracked]
  assert.deepEqual(await project.open().leftByGit(paths), new Set([OTHER]))
  git(project.root, 'checkout', '-q', 'side')
  rmSync(project.at(OTHER))
  assert.deepEqual(await project.open().leftByGit(paths), new Set())
  git(project.root, 'rm', '-q', '--', OTHER)
  assert.deepEqual(await project.open().leftByGit(paths), new Set())
})
