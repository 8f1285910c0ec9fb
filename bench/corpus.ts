import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PROJECT_FOLDER } from '../src/model/config.ts'
import type { DocumentPath } from '../src/model/document.ts'
import { type EntityId, ID_BYTES, type EntityKind, mintEntityId } from '../src/model/id.ts'
import { planInit, writeInit } from '../src/tasks/init-project.ts'
import { seededRandom } from './random.ts'
import { makeTempFolder } from './temp-folder.ts'

/** Tasks to a group. */
const GROUP_SIZE = 100

const STATUSES = ['pending', 'pending', 'pending', 'in_progress', 'review', 'completed'] as const

const CONSONANTS = Array.from('bdfgklmnprst')
const VOWELS = Array.from('aeiou')

/** The word that stands in one task of a hundred, for searches. */
export const RARE_WORD = 'xylophone'

/** A generated file. */
export interface CorpusFile {
  readonly id: EntityId
  readonly path: DocumentPath
  readonly text: string
}

/** A project folder full of generated files, which no database knows yet. */
export interface Corpus {
  readonly directory: string
  /** Absolute path of the folder of Markdown. */
  readonly root: string
  readonly tasks: readonly CorpusFile[]
  readonly groups: readonly CorpusFile[]
}

/** Makes a project folder with `count` task files of about 2 KB, the same in every run. */
export function makeCorpus(count: number): Corpus {
  const directory = makeTempFolder()
  writeInit(planInit(directory, {}))
  const root = join(directory, PROJECT_FOLDER)
  const writer = new Writer(20_261_122)
  const groups = Array.from({ length: Math.ceil(count / GROUP_SIZE) }, (_, i) => writer.group(i))
  const tasks = Array.from({ length: count }, (_, i) => writer.task(i))
  const size = tasks.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / count
  assert.ok(size > 1_800 && size < 2_300, `a task file has ${size} bytes on average`)
  const corpus = { directory, root, tasks, groups }
  for (const file of [...groups, ...tasks]) writeFile(corpus, file.path, file.text)
  return corpus
}

/** Writes a file of a corpus as a careless editor does: in place, without a sync. */
export function writeFile({ root }: Corpus, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

class Writer {
  readonly #random: () => number
  readonly #words: readonly string[]
  readonly #ids = new Set<EntityId>()

  constructor(seed: number) {
    this.#random = seededRandom(seed)
    this.#words = Array.from({ length: 2_000 }, () => this.#makeWord())
  }

  group(index: number): CorpusFile {
    const id = this.#mint('group')
    const title = `Area ${index}`
    const text = `---\nstatus: active\nid: ${id}\n---\n\n# ${title}\n\n${this.#prose(60)}\n`
    return { id, path: `sessions/main/groups/area-${index}.md` as DocumentPath, text }
  }

  task(index: number): CorpusFile {
    const id = this.#mint('task')
    const title = `${this.#sentence(4)} ${index}`
    const status = this.#pick(STATUSES)
    const completed = status === 'completed' ? 'completed: 2026-11-21\n' : ''
    const rare = index % 100 === 7 ? ` ${RARE_WORD}` : ''
    const text = `---
status: ${status}
id: ${id}
priority: ${this.#pick(['urgent', 'high', 'low'])}
group: area-${Math.floor(index / GROUP_SIZE)}
assignee: ${this.#pick(['alice', 'bob', 'carol'])}
created: 2026-11-20
estimate: 4h
${completed}labels:
  - ${this.#pick(['auth', 'billing', 'search'])}
---

# ${title}

${this.#prose(110)}${rare}

${this.#prose(60)}

## Acceptance criteria

- [x] ${this.#sentence(8)}
- [ ] ${this.#sentence(8)}

## Notes

${this.#prose(80)}
`
    const slug = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
    return { id, path: `sessions/main/tasks/${id}-${slug}.md` as DocumentPath, text }
  }

  #mint(kind: EntityKind): EntityId {
    for (;;) {
      const bytes = Uint8Array.from({ length: ID_BYTES }, () => Math.floor(this.#random() * 256))
      const id = mintEntityId(kind, bytes)
      if (this.#ids.has(id)) continue
      this.#ids.add(id)
      return id
    }
  }

  #pick<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.#random() * values.length)]
    if (value === undefined) throw new Error('there is nothing to choose from')
    return value
  }

  #makeWord(): string {
    const syllables = 1 + Math.floor(this.#random() * 3)
    const syllable = (): string => this.#pick(CONSONANTS) + this.#pick(VOWELS)
    return Array.from({ length: syllables }, syllable).join('') + this.#pick(['', 'n', 'r', 's'])
  }

  #sentence(words: number): string {
    const text = Array.from({ length: words }, () => this.#pick(this.#words)).join(' ')
    return text.slice(0, 1).toUpperCase() + text.slice(1)
  }

  #prose(words: number): string {
    const lines = Array.from({ length: Math.ceil(words / 12) }, () => this.#sentence(12))
    return lines.map((line) => `${line}.`).join('\n')
  }
}
