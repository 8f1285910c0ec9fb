import { isMap, isScalar, LineCounter, parseDocument, type Node, type Pair } from 'yaml'
import { DEFAULT_CONFIG, type Config } from './config.ts'
import { SETTINGS } from './config-settings.ts'
import { nearest } from './nearest.ts'

/** Something in `config.yaml` that is not taken as written. An error stops the program, a warning does not. */
export interface ConfigProblem {
  readonly severity: 'error' | 'warning'
  /** From 1. */
  readonly line: number
  readonly key: string | null
  readonly message: string
  readonly valid: readonly string[]
  readonly hint: string
}

/** Settings as far as they could be read, defaults for the rest, and what is wrong with the text. */
export interface ParsedConfig {
  readonly config: Config
  readonly problems: readonly ConfigProblem[]
}

/**
 * Reads the text of a `config.yaml`.
 *
 * Total: any text gives a configuration and says what is wrong with it. An empty text is all defaults.
 */
export function parseConfig(text: string): ParsedConfig {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: false, logLevel: 'silent' })
  const problems: ConfigProblem[] = document.errors.map((error) => ({
    severity: 'error',
    line: lines.linePos(error.pos[0]).line,
    key: null,
    message: `not valid YAML: ${error.message.split('\n')[0]?.replace(/ at line \d.*$/, '')}`,
    valid: [],
    hint: 'write one `key: value` per line',
  }))
  const root = document.contents
  if (problems.length > 0 || root === null || (isScalar(root) && root.value === null)) {
    return { config: DEFAULT_CONFIG, problems }
  }
  if (!isMap(root)) return { config: DEFAULT_CONFIG, problems: [notSettings(lineOf(root, lines))] }
  const parts: Partial<Config>[] = []
  for (const pair of root.items) {
    const outcome = readPair(pair, lineOf(pair.key, lines))
    if ('problem' in outcome) problems.push(outcome.problem)
    else parts.push(outcome.part)
  }
  return { config: Object.assign({}, DEFAULT_CONFIG, ...parts) as Config, problems }
}

function readPair(
  pair: Pair,
  line: number,
): { readonly part: Partial<Config> } | { readonly problem: ConfigProblem } {
  const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key)
  const setting = SETTINGS.find((candidate) => candidate.key === key)
  if (setting === undefined) return { problem: unknownKey(key, line) }
  const value = isScalar(pair.value) ? pair.value.value : pair.value
  const part = value === null ? {} : setting.read(value)
  if (part !== null) return { part }
  const { valid } = setting
  const message = `\`${key}\` cannot be ${isScalar(pair.value) ? `\`${String(value)}\`` : 'a list or a map'}`
  const hint = `write \`${key}: ${key === 'hours_per_day' ? DEFAULT_CONFIG.hoursPerDay : valid[0]}\``
  return { problem: { severity: 'error', line, key, message, valid, hint } }
}

function unknownKey(key: string, line: number): ConfigProblem {
  const keys = SETTINGS.map((setting) => setting.key)
  const [near] = nearest(key, keys, (known) => known)
  const hint = near === undefined ? 'remove the line' : `did you mean \`${near}\`?`
  const message = `\`${key}\` is not a setting and is ignored`
  return { severity: 'warning', line, key, message, valid: keys, hint }
}

function notSettings(line: number): ConfigProblem {
  const message = 'the file holds no settings'
  const hint = 'write one `key: value` per line'
  return { severity: 'error', line, key: null, message, valid: [], hint }
}

function lineOf(node: unknown, lines: LineCounter): number {
  const range = (node as Node | null)?.range
  return range ? lines.linePos(range[0]).line : 1
}
