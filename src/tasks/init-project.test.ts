import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { DiptychError } from '../model/error.ts'
import { DEFAULT_CONFIG } from '../model/config.ts'
import { parseConfig } from '../model/parse-config.ts'
import { readPlainConfig } from '../model/plain-config.ts'
import { hasGitRemote } from './git-remote.ts'
import { planInit, writeInit } from './init-project.ts'

function folder(context: TestContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'diptych-init-')))
  context.after(() => rmSync(path, { recursive: true }))
  return path
}

function repository(root: string, config: string): void {
  mkdirSync(join(root, '.git'))
  writeFileSync(join(root, '.git/HEAD'), 'ref: refs/heads/main\n')
  writeFileSync(join(root, '.git/config'), config)
}

test('init writes settings that read back as chosen', (context) => {
  const root = folder(context)
  writeInit(planInit(root, { layout: 'by-status' }))
  const text = readFileSync(join(root, '.task_orchestrator/config.yaml'), 'utf8')
  const config = { ...DEFAULT_CONFIG, layout: 'by-status' }
  assert.deepEqual(parseConfig(text), { config, problems: [] })
  assert.deepEqual(readPlainConfig(text), config)
  const ignored = readFileSync(join(root, '.task_orchestrator/.gitignore'), 'utf8')
  assert.match(ignored, /^\.local\/$/m)
  assert.doesNotMatch(ignored, /board/)
})

test('a second init plans nothing, whatever it is told', (context) => {
  const root = folder(context)
  writeInit(planInit(root, {}))
  const plan = planInit(root, { layout: 'by-status', lists: 'local' })
  assert.equal(plan.existing, true)
  assert.deepEqual(plan.files, [])
})

test('lists stay out of git where the repository has a remote', (context) => {
  const root = folder(context)
  repository(root, '[core]\n\tbare = false\n[remote "origin"]\n\turl = x\n')
  mkdirSync(join(root, 'packages/app'), { recursive: true })
  const plan = planInit(join(root, 'packages/app'), {})
  assert.equal(plan.lists, 'local')
  assert.match(plan.files.at(-1)?.text ?? '', /^board\.md\noverview\.md$/m)
})

test('a repository without a remote, and a worktree, are read without git', (context) => {
  const root = folder(context)
  mkdirSync(join(root, 'main'))
  repository(join(root, 'main'), '[core]\n')
  assert.equal(hasGitRemote(join(root, 'main')), false)
  mkdirSync(join(root, 'main/.git/worktrees/side'), { recursive: true })
  writeFileSync(join(root, 'main/.git/worktrees/side/commondir'), '../..\n')
  writeFileSync(join(root, 'main/.git/config'), '[remote "origin"]\n')
  mkdirSync(join(root, 'side'))
  writeFileSync(join(root, 'side/.git'), `gitdir: ${join(root, 'main/.git/worktrees/side')}\n`)
  assert.equal(hasGitRemote(join(root, 'side')), true)
})

test('what stands in a .gitignore already is kept', (context) => {
  const root = folder(context)
  mkdirSync(join(root, 'plan'))
  writeFileSync(join(root, 'plan/.gitignore'), 'mine')
  writeInit(planInit(root, { folder: 'plan' }))
  const text = readFileSync(join(root, 'plan/.gitignore'), 'utf8')
  assert.match(text, /^mine\n# >>> diptych\n# .*\n\.local\/\n# <<< diptych\n$/)
})

test('H110 a folder name that leads elsewhere is refused', (context) => {
  const root = folder(context)
  for (const name of ['..', '.', 'a/b', 'a\\b', '', '.git', 'a\0b']) {
    assert.throws(
      () => planInit(root, { folder: name }),
      (error) => error instanceof DiptychError && error.code === 'usage',
      name,
    )
  }
})

test('a second project under another name is refused', (context) => {
  const root = folder(context)
  writeInit(planInit(root, {}))
  assert.throws(
    () => planInit(root, { folder: 'plan' }),
    (error) => error instanceof DiptychError && error.code === 'already-exists',
  )
})
