import { posix } from 'node:path'
import type { Project } from './project.ts'

/** The path that leads from the project's directory to what stands at `path` in its folder, as programs get it. */
export function pathInProject({ location }: Pick<Project, 'location'>, path: string): string {
  return posix.join(location.folder, path)
}
