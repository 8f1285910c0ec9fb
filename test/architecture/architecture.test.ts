import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { describe, it } from 'node:test'
import { IMPURE, LONGEST_FILE, LONG_FILES, MAY_IMPORT, PURE, VAGUE_NAMES } from './import-rules.ts'

const root = join(import.meta.dirname, '../../src')

interface Source {
  readonly path: string
  readonly part: string
  readonly text: string
  /** Paths from `src` of the project's own files that it imports, type imports included. */
  readonly imports: readonly string[]
  readonly modules: readonly string[]
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"\n]*?(?:\{[^}]*\}[^'"\n]*?)?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

function readSources(): readonly Source[] {
  return globSync('**/*.ts', { cwd: root })
    .filter((path) => !path.endsWith('.test.ts'))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      const found = [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '')
      const own = found.filter((target) => target.startsWith('.'))
      return {
        path,
        part: path.includes('/') ? (path.split('/')[0] ?? '') : path,
        text,
        imports: own.map((target) => posix.join(dirname(path), target)),
        modules: found.filter((target) => !target.startsWith('.')),
      }
    })
}

const sources = readSources()
const partOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] ?? '') : path)

describe('architecture', () => {
  it('looks at the files that there are', () => {
    assert.ok(sources.length > 50, `only ${sources.length} files were found below ${root}`)
    assert.ok(sources.some(({ imports }) => imports.length > 5))
  })

  it('imports only along the arrows of the layout', () => {
    const wrong = sources.flatMap(({ path, part, imports }) =>
      imports
        .filter((target) => partOf(target) !== part)
        .filter((target) => !(MAY_IMPORT[part] ?? []).includes(partOf(target)))
        .map((target) => `${path} imports ${target}`),
    )
    assert.deepEqual(wrong, [])
  })

  it('has a rule for every part', () => {
    const unknown = [...new Set(sources.map(({ part }) => part))].filter(
      (part) => MAY_IMPORT[part] === undefined,
    )
    assert.deepEqual(unknown, [])
  })

  it('has no import cycles, type imports included', () => {
    const graph = new Map(sources.map(({ path, imports }) => [path, imports]))
    assert.deepEqual(findCycles(graph), [])
  })

  it('keeps the core free of the system, the clock and chance', () => {
    const wrong = sources
      .filter(({ part }) => PURE.includes(part))
      .flatMap(({ path, modules, text }) => [
        ...modules.filter((name) => name.startsWith('node:')).map((name) => `${path}: ${name}`),
        ...IMPURE.filter((pattern) => pattern.test(text)).map((pattern) => `${path}: ${pattern}`),
      ])
    assert.deepEqual(wrong, [])
  })

  it('keeps files short and their names telling', () => {
    const wrong = sources.flatMap(({ path, text }) => {
      const lines = text
        .split('\n')
        .filter((line) => /\w/.test(line) && !/^\s*(\/?\*|\/\/)/.test(line))
      const long = lines.length > LONGEST_FILE && LONG_FILES[path] === undefined
      const name = basename(path)
      return [
        ...(long ? [`${path} has ${lines.length} lines`] : []),
        ...(VAGUE_NAMES.test(name) ? [`${path} says nothing of what is in it`] : []),
        ...(/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(name) ? [] : [`${path} is not in kebab-case`]),
      ]
    })
    assert.deepEqual(wrong, [])
  })
})

/** Every cycle that a walk along the imports meets, as the files along it. */
function findCycles(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path)
    if (at >= 0) {
      cycles.push([...trail.slice(at), path].join(' → '))
      return
    }
    if (done.has(path)) return
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  return cycles
}
