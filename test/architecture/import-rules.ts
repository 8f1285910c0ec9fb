/** What each part of `src` may import from other parts; files of the root by name. A part may always import itself. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  markdown: ['model'],
  lens: ['model', 'markdown'],
  merge: ['model', 'markdown', 'lens'],
  plan: ['model', 'markdown', 'lens', 'merge'],
  ports: ['model'],
  store: ['model', 'markdown', 'lens', 'merge', 'plan', 'ports'],
  folder: ['model', 'markdown', 'lens', 'merge', 'plan', 'ports'],
  engine: ['model', 'markdown', 'lens', 'merge', 'plan', 'ports'],
  templates: ['model', 'lens'],
  tasks: ['model', 'markdown', 'lens', 'merge', 'plan', 'ports', 'engine'],
  cli: ['model', 'ports', 'engine', 'tasks', 'lens', 'demo', 'main.ts'],
  library: ['model', 'ports', 'engine', 'tasks', 'main.ts'],
  demo: ['cli', 'main.ts', 'model', 'ports', 'engine', 'tasks'],
  'main.ts': ['model', 'lens', 'ports', 'engine', 'store', 'folder', 'templates', 'tasks'],
}

/** Parts that compute only: no `node:` import, no clock, no randomness. */
export const PURE: readonly string[] = ['model', 'markdown', 'lens', 'merge', 'plan']

/** What pure code may not name: each would make the same input give another output. */
export const IMPURE: readonly RegExp[] = [
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\bprocess\./,
  /\bsetTimeout\b/,
  /\bsetInterval\b/,
  /\bperformance\./,
]

/** Longest file in lines that say something, and the exceptions with their reasons. */
export const LONGEST_FILE = 400
export const LONG_FILES: Readonly<Record<string, string>> = {}

/** Names that say nothing about what is in them. */
export const VAGUE_NAMES: RegExp = /^(utils?|helpers?|manager|common|base|misc|shared|index)\.ts$/
