import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildPackage } from './build-package.ts'

/** What npm takes into every package. */
const ALWAYS = ['package.json', 'README.md', 'LICENSE'] as const

/** What is built into the package and not copied. */
const BUILT = 'dist'

/** Builds the package as a folder of its own, so that the checkout stays as it is. Gives the folder. */
export async function stagePackage(root: string, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true })
  const manifest = readFileSync(join(root, 'package.json'), 'utf8')
  const { files } = JSON.parse(manifest) as { readonly files: readonly string[] }
  for (const name of [...ALWAYS, ...files].filter((file) => file !== BUILT)) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  await buildPackage({ root, target: join(folder, BUILT) })
  return folder
}
