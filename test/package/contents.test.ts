import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, posix, relative, sep } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  type InstalledPackage,
  ROOT,
  installPackage,
  linkPackage,
  runProgram,
} from './installed-package.ts'

/** Most bytes that the package may take, to download and on the disk. */
const BUDGET = { packed: 750_000, unpacked: 3_000_000 } as const

const PLACES =
  /^(?:package\.json|README\.md|LICENSE|(?:ARCHITECTURE|CHANGELOG|CONTRIBUTING)\.md|docs\/[a-z-]+\.md|bin\/[a-z]+\.js|dist\/THIRD-PARTY-NOTICES\.txt|dist\/(?:cli|demo|library)\/main\.js|dist\/chunks\/[\w-]+\.js|dist\/types\/.+\.d\.ts)$/

describe('the installed package', () => {
  let installed: InstalledPackage
  let files: ReadonlyMap<string, string>
  before(async () => {
    installed = await installPackage()
    const listed = readdirSync(installed.folder, { recursive: true, withFileTypes: true })
    const paths = listed
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    files = new Map(
      paths.map((path) => [
        relative(installed.folder, path).replaceAll(sep, '/'),
        readFileSync(path, 'utf8'),
      ]),
    )
  })
  after(() => installed[Symbol.dispose]())

  it('holds what it runs, what describes it and nothing else', () => {
    assert.deepEqual(
      [...files.keys()].filter((path) => !PLACES.test(path)),
      [],
    )
    for (const path of ['README.md', 'LICENSE', 'CHANGELOG.md']) assert.ok(files.has(path), path)
    assert.equal(installed.manifest.engines.node, '>=24')
  })

  it('has every page that its pages link to', () => {
    const links = [...files].flatMap(([path, text]) =>
      /^(?:[A-Z]+|docs\/files|docs\/library)\.md$/.test(path)
        ? [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g)].map(
            ([, target = '']) => `${path} → ${posix.join(posix.dirname(path), target)}`,
          )
        : [],
    )
    assert.ok(links.some((link) => link === 'README.md → docs/files.md'))
    assert.deepEqual(
      links.filter((link) => !files.has(link.split(' → ')[1] ?? '')),
      [],
    )
  })

  it('has every file that its manifest names', () => {
    const { bin, exports } = installed.manifest
    const named = Object.values(exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    )
    assert.ok(named.length >= 3)
    for (const path of [...named, ...Object.values(bin)]) {
      assert.ok(existsSync(join(installed.folder, path)), path)
    }
  })

  it('stays within its budget', () => {
    const unpacked = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    assert.ok(installed.packedSize <= BUDGET.packed, `${installed.packedSize} bytes packed`)
    assert.ok(unpacked <= BUDGET.unpacked, `${unpacked} bytes unpacked`)
  })

  it('tells nothing of the machine that built it', () => {
    const secrets = [ROOT, homedir(), tmpdir(), installed.consumer]
    for (const [path, text] of files) {
      if (path.startsWith('dist/')) assert.doesNotMatch(text, /sourceMappingURL=/, path)
      for (const secret of secrets) {
        const isPlace = text.includes(`${secret}/`)
        assert.ok(!isPlace || secret === tmpdir(), `${path} names ${secret}`)
      }
    }
  })

  it('brings the licence of every package that is bundled, and depends on no other', () => {
    const notices = files.get('dist/THIRD-PARTY-NOTICES.txt') ?? ''
    const scripts = [...files].filter(([path]) => path.endsWith('.js'))
    const bundled = new Set(
      scripts.flatMap(([, text]) =>
        [
          ...text
            .replaceAll(/^```[^]*?^```/gm, '')
            .matchAll(/^\/\/ .*node_modules\/((?:@[^/]+\/)?[^/]+)\//gm),
        ].map(([, name]) => name ?? ''),
      ),
    )
    assert.ok(bundled.has('commander') && bundled.has('yaml'))
    for (const name of bundled) assert.match(notices, new RegExp(`^${name} \\d`, 'm'))
    assert.match(notices, /Permission is hereby granted/)
    const imported = scripts.flatMap(([, text]) =>
      [
        ...text.matchAll(/^(?:import|export) .*?from "([^".][^"]*)"|\bimport\("([^".][^"]*)"\)/gm),
      ].map(([, first, second]) => first ?? second ?? ''),
    )
    assert.deepEqual(
      imported.filter((name) => !name.startsWith('node:')),
      [],
    )
    assert.deepEqual(Object.keys(installed.manifest.dependencies ?? {}), [])
  })

  it('is a library for scripts and for TypeScript', async () => {
    const { consumer } = installed
    const script = `import { openWorkspace } from 'diptych'\nconsole.log(typeof openWorkspace)\n`
    for (const name of ['use.mjs', 'use.mts']) {
      writeFileSync(join(consumer, name), script)
      const { code, stdout, stderr } = await runProgram(process.execPath, [name], consumer)
      assert.deepEqual([code, stdout, stderr], [0, 'function\n', ''])
    }
  })

  for (const [module, moduleResolution] of [
    ['nodenext', 'nodenext'],
    ['preserve', 'bundler'],
  ] as const) {
    it(`has declarations that a strict compiler takes, resolved as ${moduleResolution}`, () => {
      const { consumer } = installed
      for (const name of ['@types/node', 'undici-types']) linkPackage(consumer, name)
      writeFileSync(join(consumer, 'package.json'), '{ "type": "module" }')
      writeFileSync(join(consumer, 'use.ts'), CONSUMER)
      const options = {
        ...STRICT,
        module,
        moduleResolution,
      }
      const project = join(consumer, `tsconfig.${moduleResolution}.json`)
      writeFileSync(project, JSON.stringify({ compilerOptions: options, files: ['use.ts'] }))
      const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
      const words = [compiler, '--project', project]
      const { status, stdout } = spawnSync(process.execPath, words, { encoding: 'utf8' })
      assert.equal(status, 0, stdout)
    })
  }
})

const STRICT = {
  target: 'es2024',
  lib: ['es2024', 'esnext.disposable'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
} as const

const CONSUMER = `
import { openWorkspace } from 'diptych'

await using workspace = await openWorkspace('./project')
const task = await workspace.tasks.create({ title: 'Ship it' })
const id: string = task.id
// @ts-expect-error an id is text
const wrong: number = task.id
export { id, wrong }
`
