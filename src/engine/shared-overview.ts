import type { EntityName } from '../model/entity.ts'
import type { EngineParts } from './engine-parts.ts'

/**
 * Whether git has the overviews. Then they say only what the files of a commit say, in every working
 * folder the same: otherwise a mere look would leave git with a change, in which branches conflict.
 */
export async function isShared({ config, folder }: EngineParts): Promise<boolean> {
  return config.lists === 'tracked' && (await folder.gitState()).kind !== 'none'
}

/** Orders siblings as every working folder does: by position, then by title; the order of creation is its own. */
export function compareShared(a: EntityName, b: EntityName): number {
  if (a.position !== b.position) return (a.position ?? Infinity) - (b.position ?? Infinity)
  if (a.title !== b.title) return a.title < b.title ? -1 : 1
  return a.id < b.id ? -1 : 1
}
