import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { compileTemplateSet } from '../src/lens/compile-template-set.ts'
import { indexNames } from '../src/lens/name-index.ts'
import { parseDocument } from '../src/lens/parse.ts'
import { STANDARD_CATALOGUE } from '../src/model/catalogue.ts'
import { readDefaultTemplates } from '../src/templates/read-default-templates.ts'
import type { Corpus, CorpusFile } from './corpus.ts'
import type { Floor, Sampler } from './measure.ts'

const GIT_ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
}

/** Names and stats of everything below a corpus's folder of Markdown, in a bare loop. */
export function listFloor({ root, tasks, groups }: Corpus): Floor {
  const sessions = join(root, 'sessions')
  return {
    name: 'readdir + lstat',
    sample: () => {
      let files = 0
      const start = performance.now()
      const visit = (folder: string): void => {
        for (const name of readdirSync(folder)) {
          const path = `${folder}/${name}`
          if (lstatSync(path, { bigint: true }).isDirectory()) visit(path)
          else files++
        }
      }
      visit(sessions)
      const time = performance.now() - start
      assert.ok(files >= tasks.length + groups.length)
      return time
    },
  }
}

/** Makes the directory of a corpus a repository, before its project prints what git is to have. */
export function makeRepository(corpus: Corpus): void {
  git(corpus, 'init', '--quiet')
}

/** `git status` as a process, in the repository of a corpus, once all of it is committed. */
export function gitStatusFloor(corpus: Corpus): Floor {
  git(corpus, 'add', '--all')
  const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost']
  git(corpus, ...identity, 'commit', '--quiet', '--message', 'corpus')
  const tracked = git(corpus, 'ls-files').trimEnd().split('\n').length
  assert.ok(tracked >= corpus.tasks.length + corpus.groups.length)
  const sample = (): number => {
    const start = performance.now()
    const output = git(corpus, 'status', '--porcelain')
    const time = performance.now() - start
    assert.equal(output, '')
    return time
  }
  return { name: 'git status', sample }
}

function git({ directory }: Corpus, ...words: readonly string[]): string {
  const options = { cwd: directory, env: GIT_ENVIRONMENT, encoding: 'utf8' } as const
  const { status, stdout, stderr, error } = spawnSync('git', words, options)
  if (error !== undefined) throw error
  assert.equal(status, 0, stderr)
  return stdout
}

/** Reading, hashing and parsing of every task file, with nothing kept. */
export function readAndParseFloor(corpus: Corpus): Floor {
  const parse = bareParser()
  return {
    name: 'read + hash + parse',
    sample: () => {
      const start = performance.now()
      for (const file of corpus.tasks) parse(corpus, file)
      return performance.now() - start
    },
  }
}

/** Reads, hashes and parses one file; throws where it does not read as written. */
export function bareParser(): (corpus: Corpus, file: CorpusFile) => void {
  const template = compileTemplateSet(readDefaultTemplates(), STANDARD_CATALOGUE).task
  const index = indexNames([])
  return ({ root }, { path, id }) => {
    const bytes = readFileSync(`${root}/${path}`)
    assert.equal(hash('sha256', bytes).length, 64)
    const references = index.from(path)
    const context = { catalogue: STANDARD_CATALOGUE, references, path, hoursPerDay: 8 }
    assert.equal(parseDocument(template, bytes.toString(), null, context).id, id)
  }
}

/** Writes every task file into a new folder under `place`, each durable before it gets its name, the folder at the end. */
export function writeAllFloor({ tasks }: Corpus, place: string): Floor {
  return {
    name: 'write + fsync + rename',
    sample: () => {
      const target = mkdtempSync(join(place, 'floor-'))
      const files = tasks.map(({ text }, index) => [`${target}/${index}.md`, text] as const)
      const start = performance.now()
      for (const [path, text] of files) replaceFile(path, text)
      syncFolder(target)
      return performance.now() - start
    },
  }
}

/** Replaces one file durably, its folder entry too. */
export function replaceFileDurably(path: string, text: string): void {
  replaceFile(path, text)
  syncFolder(dirname(path))
}

function replaceFile(path: string, text: string): void {
  const draft = `${path}.new`
  const descriptor = openSync(draft, 'w')
  try {
    writeSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(draft, path)
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Start and end of a Node process that does nothing. */
export const emptyProcessFloor: Floor = {
  name: 'empty Node process',
  sample: processSampler(['--eval', ''], () => undefined),
}

/** Runs this Node with `words`; throws unless it ends with 0 and `check` accepts what it printed. */
export function processSampler(words: readonly string[], check: (output: string) => void): Sampler {
  return () => {
    const start = performance.now()
    const child = spawnSync(process.execPath, words, { encoding: 'utf8', maxBuffer: 2 ** 28 })
    const time = performance.now() - start
    if (child.error !== undefined) throw child.error
    assert.equal(child.status, 0, child.stderr)
    check(child.stdout)
    return time
  }
}
