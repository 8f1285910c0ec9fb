import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CONFIG_FILE, PROJECT_FOLDER } from '../../model/config.ts'
import { DiptychError } from '../../model/error.ts'
import type { DatabaseFiles } from '../../ports/database-files.ts'
import { findProject } from '../find-project.ts'
import type { Project, ProjectLocation } from '../project.ts'
import { canBeOpened, checkDatabases } from './check-databases.ts'
import { checkDisk } from './check-disk.ts'
import { checkPanels } from './check-panels.ts'
import { checkIgnored, checkRuntime, checkSettings } from './check-settings.ts'
import { type Finding, ok, problem } from './finding.ts'

/** What an examination reaches the world through. */
export interface Surroundings {
  readonly version: string
  readonly workingDirectory: string
  /** Directory of the project where it was named. */
  readonly named: string | null
  readonly files: (location: ProjectLocation) => DatabaseFiles
  readonly open: (location: ProjectLocation) => Promise<Project>
}

/** What was found, in the order in which one thing rests on another; no location where there is no project. */
export interface Examination {
  readonly location: ProjectLocation | null
  readonly findings: readonly Finding[]
}

/** Checks all that a project rests on, from the machine up to what stands in both panels. Changes nothing. */
export async function examineProject(surroundings: Surroundings): Promise<Examination> {
  const runtime = checkRuntime(surroundings.version)
  const found = locate(surroundings)
  if ('state' in found) return { location: null, findings: [...runtime, found] }
  const settings = checkSettings(found)
  const root = join(found.directory, found.folder)
  const findings: Finding[] = [
    ...runtime,
    ok('project', `${found.folder} in ${found.directory}`),
    ...settings.findings,
    ...checkDisk(root),
  ]
  if (settings.config === null) return { location: found, findings }
  findings.push(...checkIgnored(found, settings.config))
  const files = surroundings.files(found)
  findings.push(...checkDatabases(files))
  if (canBeOpened(files)) findings.push(...(await lookInside(surroundings, found)))
  return { location: found, findings }
}

function locate({ workingDirectory, named }: Surroundings): ProjectLocation | Finding {
  try {
    return findProject(workingDirectory, named)
  } catch (error) {
    if (!(error instanceof DiptychError) || error.code !== 'not-initialized') throw error
    const { what, hint } = error.details
    const folder = join(named ?? workingDirectory, PROJECT_FOLDER)
    if (!existsSync(folder) || readdirSync(folder).length === 0) {
      return problem('project', what, 'there is nothing to check', hint)
    }
    const why = `${folder} is there, but its ${CONFIG_FILE} is not`
    return problem('project', what, why, `${hint}, which writes ${CONFIG_FILE} again`)
  }
}

async function lookInside(
  { open }: Surroundings,
  location: ProjectLocation,
): Promise<readonly Finding[]> {
  try {
    await using project = await open(location)
    return await checkPanels(project)
  } catch (error) {
    if (!(error instanceof DiptychError)) throw error
    const { what, why, hint } = error.details
    return [problem('opening', what, why ?? 'the project cannot be looked at from inside', hint)]
  }
}
