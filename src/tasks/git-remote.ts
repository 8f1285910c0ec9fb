import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Tells whether `directory` lies in a git repository that has a remote. Reads files, starts no process. */
export function hasGitRemote(directory: string): boolean {
  const git = gitFolder(resolve(directory))
  return git !== null && /^\s*\[remote\s+"/m.test(readText(join(git, 'config')) ?? '')
}

/** The folder that holds the repository's `config`: of a worktree, its main repository's. */
function gitFolder(start: string): string | null {
  for (let directory = start; ; directory = dirname(directory)) {
    const git = join(directory, '.git')
    if (readText(join(git, 'HEAD')) !== null) return git
    const link = /^gitdir:\s*(.+?)\s*$/m.exec(readText(git) ?? '')?.[1]
    if (link !== undefined) {
      const own = resolve(directory, link)
      const common = readText(join(own, 'commondir'))?.trim()
      return common === undefined ? own : resolve(own, common)
    }
    if (dirname(directory) === directory) return null
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM'].includes(code)) return null
    throw error
  }
}
