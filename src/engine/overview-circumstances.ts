import type { EntityId } from '../model/id.ts'
import type { EngineParts } from './engine-parts.ts'
import type { Run } from './run.ts'
import { isShared } from './shared-overview.ts'

/**
 * Sessions whose overviews may say something else although nothing happened in them: all of them when
 * this replica synchronizes for the first time on another day than before, since a task may have been
 * missed, or under other settings of overviews; else none.
 */
export async function sessionsToPrintAgain(run: Run): Promise<readonly EntityId[]> {
  const { store } = run.parts
  const last = await store.setting(settingOf(run))
  if (last === null || last === (await circumstances(run.parts))) return []
  const names = await store.names()
  return names.filter(({ kind, live }) => kind === 'session' && live).map(({ id }) => id)
}

/** Notes under which circumstances overviews were printed. */
export async function noteCircumstances(run: Run): Promise<void> {
  const { store } = run.parts
  const now = await circumstances(run.parts)
  if ((await store.setting(settingOf(run))) !== now) await store.setSetting(settingOf(run), now)
}

async function circumstances(parts: EngineParts): Promise<string> {
  const { clock, config } = parts
  const shared = (await isShared(parts)) ? ' shared' : ''
  return `${clock.today()}${config.overviewGraph ? ' graph' : ''}${shared}`
}

function settingOf({ replica }: Run): string {
  return `overviews ${replica}`
}
