import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { test } from 'node:test'
import type { Command } from 'commander'
import { runnerFor } from '../../src/cli/program/define.ts'
import { defineProgram } from '../../src/cli/program/program.ts'
import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import { DEFAULT_CONFIG } from '../../src/model/config.ts'
import { ENTITY_KINDS } from '../../src/model/id.ts'
import { parseConfig } from '../../src/model/parse-config.ts'
import { fencesOf, proseOf, readPage, ROOT } from './page.ts'

const PAGES: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  ...globSync('docs/*.md', { cwd: ROOT }).filter((path) => path !== 'docs/natural-edits.md'),
]

/** What ARCHITECTURE and CONTRIBUTING name that no checkout has: documents and what is built. */
const MADE: ReadonlySet<string> = new Set(['board.md', 'overview.md', 'dist/', '.local/state.db'])

const PROGRAM = defineProgram(
  runnerFor(
    () => assert.fail('no command is run'),
    () => assert.fail('no command is run'),
  ),
  '0.0.0',
  { writeOut: () => undefined, width: 100 },
)

/** Inline code of a page, and lines of its blocks that someone may type. */
function codeOf(page: string): readonly string[] {
  const inline = [...proseOf(page).matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map(([, code = '']) => code)
  const typed = fencesOf(page)
    .filter(({ language }) => ['console', 'sh'].includes(language))
    .flatMap(({ text }) => text.split('\n').map((line) => line.replace(/^\$ /, '')))
  return [...inline, ...typed]
}

/** Words of `diptych …` in `code`, which is prose or a command line; null where it is neither. */
function wordsOf(code: string): readonly string[] | null {
  const line = /^(?:npx )?diptych(?: (.*))?$/.exec(code.trim())
  if (line === null) return null
  const unquoted = (line[1] ?? '').replaceAll(/'[^']*'|"[^"]*"/g, 'QUOTED').replaceAll('\\|', '|')
  return unquoted.split(/\s+/).filter((word) => word !== '' && word !== '…')
}

/** What of a command line does not exist; empty where all of it does. */
function unknownIn(words: readonly string[], from: Command = PROGRAM): readonly string[] {
  const [first, ...rest] = words
  if (first !== undefined && from.commands.length > 0 && !first.startsWith('-')) {
    return first.split('|').flatMap((name) => {
      const next = from.commands.find((command) => command.name() === name)
      if (next !== undefined) return unknownIn(rest, next)
      return from.registeredArguments.length > 0 || name === 'help' ? [] : [name]
    })
  }
  const known = new Set(
    [...from.options, ...PROGRAM.options].flatMap(({ short, long }) => [short, long]),
  )
  const given = words.filter((word) => /^--?[a-z]/i.test(word)).map((word) => word.split('=')[0])
  return given.flatMap((word = '') =>
    known.has(word) || word === '--help' || word === '-h' ? [] : [`${from.name()} ${word}`],
  )
}

test('every command and option named in README and docs exists', () => {
  let commands = 0
  for (const path of PAGES) {
    for (const code of codeOf(readPage(path))) {
      const words = wordsOf(code)
      if (words === null) continue
      commands++
      assert.deepEqual(unknownIn(words), [], `${path}: ${code}`)
    }
  }
  assert.ok(commands > 30, `${commands} commands are found`)
})

test('README and changelog name every command', () => {
  const readme = codeOf(readPage('README.md')).join('\n')
  const changelog = codeOf(readPage('CHANGELOG.md')).join('\n')
  for (const command of PROGRAM.createHelp().visibleCommands(PROGRAM)) {
    const name = command.name()
    assert.match(readme, new RegExp(`^(?:npx )?diptych ${name}\\b`, 'm'))
    if (name !== 'help') assert.match(changelog, new RegExp(`^${name}\\b`, 'm'))
  }
})

test('a command or option that does not exist is found', () => {
  const bad: readonly (readonly [code: string, unknown: readonly string[]])[] = [
    ['diptych frobnicate', ['frobnicate']],
    ['npx diptych task add|frob', ['frob']],
    ['diptych task add "--x" --frob', ['add --frob']],
    ['diptych init', []],
  ]
  for (const [code, unknown] of bad) assert.deepEqual(unknownIn(wordsOf(code) ?? []), unknown)
})

test('every path that README and docs lead to exists', () => {
  let paths = 0
  for (const path of PAGES) {
    const page = readPage(path)
    const folder = path.includes('/') ? 'docs/' : ''
    const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
    const local = links.filter((target) => !/^(?:https?:|#)/.test(target))
    const named = codeOf(page).filter((code) => /^(?:src|test|bench|bin|docs|build)\//.test(code))
    for (const name of [...local.map((target) => `${folder}${target}`), ...named]) {
      const target = name.replace(/#.*$/, '').replace(/\/$/, '')
      assert.notDeepEqual(globSync(target, { cwd: ROOT }), [], `${path} names ${name}`)
      paths++
    }
  }
  assert.ok(paths > 15, `${paths} paths are found`)
})

test('every file and folder that ARCHITECTURE and CONTRIBUTING send to exists', () => {
  let paths = 0
  const there = globSync(['*', '{bench,bin,build,docs,src,test}/**'], { cwd: ROOT })
  for (const path of ['ARCHITECTURE.md', 'CONTRIBUTING.md']) {
    const page = readPage(path)
    for (const code of codeOf(page)) {
      if (!/^[\w./*-]+(?:\/|\.(?:ts|md|json)|\*)$/.test(code) || MADE.has(code)) continue
      const name = code
        .replace(/\/$/, '')
        .replaceAll('.', String.raw`\.`)
        .replaceAll('*', '[^/]*')
      const end = new RegExp(`(?:^|/)${name}$`)
      assert.ok(
        there.some((place) => end.test(place)),
        `${path} names ${code}`,
      )
      paths++
    }
  }
  assert.ok(paths > 60, `${paths} paths are found`)
})

test('every script named in the README is one', () => {
  const { scripts } = JSON.parse(readPage('package.json'))
  const named = codeOf(readPage('README.md')).flatMap((code) => {
    const [, run, plain] = /\bnpm (?:run (\w+)|(start|test))\b/.exec(code) ?? []
    return run ?? plain ?? []
  })
  for (const name of named) assert.ok(name in scripts, name)
  assert.ok(named.length >= 2)
})

test('every field and setting stands in docs/files.md, and nothing else does', () => {
  const page = readPage('docs/files.md')
  const sections = page.split(/^### /m)
  for (const kind of ENTITY_KINDS) {
    const section = sections.find((text) => text.toLowerCase().startsWith(`${kind}\n`)) ?? ''
    const named = [...section.split('\n## ')[0]!.matchAll(/^\| `([\w.]+)` \|/gm)].map(
      ([, name]) => name,
    )
    assert.deepEqual(named, [...STANDARD_CATALOGUE[kind].keys()], kind)
    for (const { about } of STANDARD_CATALOGUE[kind].values()) {
      assert.ok(section.includes(`| ${about} |`), about)
    }
  }
  const settings = page.slice(page.indexOf('## Settings'), page.indexOf('## Front matter'))
  const keys = [...settings.matchAll(/^\| `(\w+)` .* `(\S+)` \|$/gm)]
  const text = keys.map(([, key, value]) => `${key}: ${value}\n`).join('')
  assert.deepEqual(parseConfig(text), { config: DEFAULT_CONFIG, problems: [] })
  assert.equal(keys.length, Object.keys(DEFAULT_CONFIG).length)
})
