import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildPackage } from './build-package.ts'

/** What npm takes into every package, and what `files` of the manifest names besides `dist`. */
const COPIED = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'bin'] as const

/** Builds the package as a folder of its own, so that the checkout stays as it is. Gives the folder. */
export async function stagePackage(root: string, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true })
  for (const name of COPIED) cpSync(join(root, name), join(folder, name), { recursive: true })
  await buildPackage({ root, target: join(folder, 'dist') })
  return folder
}
