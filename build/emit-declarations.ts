import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import type { BuildPlan } from './build-package.ts'

/** What a consumer's compiler reads first, from the folder of declarations. */
const ENTRY = 'library/main.d.ts'

const REFERENCE = /((?:from|import)\s*\(?\s*['"]\.[^'"]+)\.ts(?=['"])/g

/**
 * Writes the library's declarations, and those that they lead to, into `types` of the target. They
 * name each other as scripts, which every resolution of modules understands.
 */
export function emitDeclarations({ root, target }: BuildPlan): void {
  const draft = join(target, 'draft')
  const require = createRequire(import.meta.url)
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc')
  const words = ['--project', join(root, 'tsconfig.build.json'), '--outDir', draft]
  execFileSync(process.execPath, [compiler, ...words], { cwd: root, stdio: 'inherit' })
  const files = new Set([join(draft, ENTRY)])
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    for (const [reference] of text.matchAll(REFERENCE)) {
      const path = reference.slice(reference.search(/\.\.?\//))
      files.add(join(dirname(file), path.replace(/ts$/, 'd.ts')))
    }
    const place = join(target, 'types', relative(draft, file))
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, text.replaceAll(REFERENCE, '$1.js'))
  }
  rmSync(draft, { recursive: true })
}
