import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleSources } from './bundle-sources.ts'
import { emitDeclarations } from './emit-declarations.ts'
import { thirdPartyNotices } from './third-party-notices.ts'

/** Where the sources are, and the folder to be made of them, which is emptied first. */
export interface BuildPlan {
  /** Absolute path of the checkout. */
  readonly root: string
  readonly target: string
}

/** Makes everything that the package runs: scripts, declarations of the library, licences of what is bundled. */
export async function buildPackage(plan: BuildPlan): Promise<void> {
  rmSync(plan.target, { recursive: true, force: true })
  const bundled = await bundleSources(plan)
  emitDeclarations(plan)
  writeFileSync(join(plan.target, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(plan.root, bundled))
}
