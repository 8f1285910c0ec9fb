import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Workspace, type WorkspaceOptions, makeWorkspace } from './workspace.ts'

/** A workspace inside of a real git repository. */
export interface Repository extends Workspace {
  git(...args: readonly string[]): string
  /** Commits everything that git does not ignore. */
  commit(): void
  /** Switches branches and synchronizes, then gives what git says about the working tree. */
  visit(branch: string): Promise<string>
  /** A second working folder of the same project, with databases of its own. */
  clone(): Promise<Repository>
}

/** Makes an empty project in a new repository without a remote, on the branch `main`. */
export async function makeRepository(
  t: TestContext,
  options: WorkspaceOptions = {},
): Promise<Repository> {
  const workspace = await makeWorkspace(t, options)
  if (options.directory === undefined) runGit(workspace.directory, ['init', '-q'])
  const git = (...args: readonly string[]): string => runGit(workspace.directory, args)
  return {
    ...workspace,
    git,
    commit: () => {
      git('add', '-A')
      git('commit', '-qm', 'x')
    },
    visit: async (branch) => {
      git('checkout', '-q', branch)
      await workspace.sync()
      return git('status', '--porcelain')
    },
    clone: async () => {
      const directory = mkdtempSync(join(tmpdir(), 'diptych-'))
      runGit(directory, ['clone', '-q', workspace.directory, '.'])
      return await makeRepository(t, { directory })
    },
  }
}

function runGit(directory: string, args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.example', '-c', 'init.defaultBranch=main']
  const options = { encoding: 'utf8', env, stdio: 'pipe' } as const
  return execFileSync('git', ['-C', directory, ...who, ...args], options).trim()
}
