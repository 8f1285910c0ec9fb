import { build, type Plugin } from 'esbuild'
import { join } from 'node:path'
import type { TemplateKind } from '../src/lens/template.ts'
import { readDefaultTemplates } from '../src/templates/read-default-templates.ts'
import type { BuildPlan } from './build-package.ts'

/** Modules that something outside the package starts or imports, from `src`, without extension. */
const ENTRIES: readonly string[] = ['cli/main', 'demo/main', 'library/main']

/** Packages that were written for `require` ask for the modules of Node by it. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module'
const require = requireFrom(import.meta.url)`

/**
 * Bundles sources and dependencies into modules that load what a command needs and no more: what is
 * imported lazily stays apart. Gives the paths, from the root, of the files that went in.
 *
 * Names stay as they are written, so that a stack in a report can be read.
 */
export async function bundleSources({ root, target }: BuildPlan): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ENTRIES.map((entry) => ({ in: `src/${entry}.ts`, out: entry })),
    outdir: target,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'esnext',
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: REQUIRE },
    plugins: [inlineTemplates(join(root, 'src/templates/read-default-templates.ts'))],
    metafile: true,
    logLevel: 'warning',
  })
  return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs))
}

/** Puts the sources of the templates into the script that reads them, as files would not stand beside it. */
function inlineTemplates(reader: string): Plugin {
  const sources: Readonly<Record<TemplateKind, string>> = readDefaultTemplates()
  return {
    name: 'inline-templates',
    setup: (esbuild) => {
      esbuild.onLoad({ filter: /[\\/]read-default-templates\.ts$/ }, ({ path }) => {
        if (path !== reader) return null
        const contents = `export const readDefaultTemplates = () => (${JSON.stringify(sources)})`
        return { contents, loader: 'ts' }
      })
    },
  }
}
