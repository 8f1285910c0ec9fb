import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONFIG_FILE, LOCAL_FOLDER, type Config } from '../../model/config.ts'
import { parseConfig } from '../../model/parse-config.ts'
import { hasGitRemote } from '../git-remote.ts'
import type { ProjectLocation } from '../project.ts'
import { type Finding, FIX, ok, problem, warning } from './finding.ts'

const NEEDED_NODE = 24

/** Checks what the program runs on. */
export function checkRuntime(version: string): readonly Finding[] {
  const { node, sqlite } = process.versions
  const what = `Diptych ${version} on Node ${node} with SQLite ${sqlite}`
  if (Number(node.split('.')[0]) >= NEEDED_NODE) return [ok('runtime', what)]
  const why = `it needs Node ${NEEDED_NODE} or newer`
  return [problem('runtime', what, why, 'install a newer Node from https://nodejs.org')]
}

/** What the settings say, or null where they cannot be used, and what there is to say of them. */
export function checkSettings({ directory, folder }: ProjectLocation): {
  readonly config: Config | null
  readonly findings: readonly Finding[]
} {
  const check = 'settings'
  const file = `${folder}/${CONFIG_FILE}`
  let text: string
  try {
    text = readFileSync(join(directory, file), 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    const why = 'no command can run without it'
    const remedy = `make ${file} readable`
    const finding = problem(check, `${file} cannot be read: ${message}`, why, remedy)
    return { config: null, findings: [finding] }
  }
  const { config, problems } = parseConfig(text)
  const findings = problems.map(({ severity, line, message, hint }) =>
    severity === 'error'
      ? problem(check, `${file}:${line}: ${message}`, 'no command can run', hint)
      : warning(check, `${file}:${line}: ${message}`, 'the line does nothing', hint),
  )
  const broken = problems.some(({ severity }) => severity === 'error')
  const said = `${file}: layout ${config.layout}, lists ${config.lists}`
  return {
    config: broken ? null : config,
    findings: findings.length > 0 ? findings : [ok(check, said)],
  }
}

/** Checks what git leaves out of the folder against the settings. */
export function checkIgnored(
  { directory, folder }: ProjectLocation,
  config: Config,
): readonly Finding[] {
  const check = 'gitignore'
  const path = join(directory, folder, '.gitignore')
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split(/\r?\n/) : []
  const named = (name: string): boolean =>
    lines.some((line) => line.trim().replace(/^\//, '').replace(/\/$/, '') === name)
  if (!named(LOCAL_FOLDER)) {
    const what = `${folder}/.gitignore does not leave out ${LOCAL_FOLDER}`
    const why = 'databases in git conflict at every merge, and carry everyone’s trash'
    return [warning(check, what, why, FIX, { kind: 'write-gitignore' })]
  }
  const local = ['board.md', 'overview.md'].filter((name) => named(name))
  const agrees = config.lists === 'local' ? local.length === 2 : local.length === 0
  if (agrees) return [ok(check, `git leaves out ${LOCAL_FOLDER}; lists are ${config.lists}`)]
  const what = `${folder}/${CONFIG_FILE} says lists: ${config.lists}, but .gitignore says otherwise`
  const why = hasGitRemote(directory)
    ? 'lists in tracked files make merges of two branches conflict'
    : 'what git tracks is not what the settings say'
  const remedy = `${config.lists === 'local' ? 'add' : 'remove'} the lines board.md and overview.md in ${folder}/.gitignore, or change the setting`
  return [warning(check, what, why, remedy)]
}
