import { SETTINGS } from './config-settings.ts'
import { DEFAULT_CONFIG, type Config } from './config.ts'

const NOTHING = /^[ \t]*(?:#.*)?$/
const PAIR = /^([a-z_]+): +([a-z]+(?:-[a-z]+)*|(?:0|[1-9]\d?)(?:\.\d+)?)[ \t]*(?:[ \t]#.*)?$/

/**
 * Settings of a `config.yaml` that is written as `init` writes it: comments, and one plain, valid
 * `key: value` per line. Null for any other text: `parseConfig` reads all of YAML and says what is
 * wrong, for which it takes a parser that most commands need for nothing else.
 */
export function readPlainConfig(text: string): Config | null {
  const parts = new Map<string, Partial<Config>>()
  for (const line of text.split(/\r?\n/)) {
    if (NOTHING.test(line)) continue
    const [, key = '', word = ''] = PAIR.exec(line) ?? []
    const part = SETTINGS.find((setting) => setting.key === key)?.read(plainValue(word)) ?? null
    if (part === null || parts.has(key)) return null
    parts.set(key, part)
  }
  return Object.assign({}, DEFAULT_CONFIG, ...parts.values()) as Config
}

function plainValue(word: string): string | number | boolean {
  if (word === 'true' || word === 'false') return word === 'true'
  return /^\d/.test(word) ? Number(word) : word
}
