import { relative, resolve } from 'node:path'
import type { FileDiagnostic } from '../model/diagnostic.ts'
import { pathInProject } from '../tasks/path-in-project.ts'
import type { Project } from '../tasks/project.ts'
import type { CommandContext } from './context.ts'

/** A diagnostic whose path leads to the file from the working directory. */
export function fromHere(
  context: CommandContext,
  project: Project,
  diagnostic: FileDiagnostic,
): FileDiagnostic {
  return { ...diagnostic, path: pathFromHere(context, project, diagnostic.path) }
}

/** The path that leads from the working directory to what stands at `path` in the project's folder. */
export function pathFromHere(context: CommandContext, project: Project, path: string): string {
  const { directory, folder } = project.location
  return relative(context.io.workingDirectory, resolve(directory, folder, path))
}

/** A diagnostic whose path starts at the project's directory, as programs get it. */
export function fromProject(project: Project, diagnostic: FileDiagnostic): FileDiagnostic {
  return { ...diagnostic, path: pathInProject(project, diagnostic.path) }
}
