import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//

/** File names under which packages bring their licence, and notices that must go with it. */
const LICENCE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license: string
}

/**
 * Licences of every package of which a file is among `inputs` (paths from `root`), in full, by name.
 *
 * Throws where a package brings no text of its licence: a copy of it may not be passed on then.
 */
export function thirdPartyNotices(root: string, inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((path) => PACKAGE.exec(path)?.[1] ?? []))
  const notices = [...folders].map((folder) => noticeOf(join(root, folder)))
  return [
    'Diptych contains code of these packages.',
    ...notices.toSorted().map((notice) => `${'-'.repeat(80)}\n${notice}`),
  ].join('\n\n')
}

function noticeOf(folder: string): string {
  const manifest = join(folder, 'package.json')
  if (!existsSync(manifest)) throw new Error(`${folder} is no package`)
  const { name, version, license } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
  const texts = readdirSync(folder)
    .filter((file) => LICENCE.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
  if (texts.length === 0) {
    throw new Error(`${name} ${version} brings no licence text; leave it out of the bundle`)
  }
  return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`
}
