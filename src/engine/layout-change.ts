import type { EntityId } from '../model/id.ts'
import type { Run } from './run.ts'

/** Whether the folder was last brought into order under another `layout` than the settings have now. */
export async function isRelaid({ parts, replica }: Run): Promise<boolean> {
  const before = await parts.store.setting(settingOf(replica))
  return before !== null && before !== parts.config.layout
}

/** Tasks whose files a change of the layout moves. */
export async function tasksToMove({ parts }: Run): Promise<readonly EntityId[]> {
  const names = await parts.store.names()
  return names.filter(({ kind, live }) => kind === 'task' && live).map(({ id }) => id)
}

/** Notes under which layout files stand, unless one is still to be moved once nobody is at work on it. */
export async function noteLayout({ parts, replica }: Run): Promise<void> {
  const { store, base, config } = parts
  if ((await store.setting(settingOf(replica))) === config.layout) return
  const waiting = await base.waiting()
  const open = waiting.some(({ diagnostics }) =>
    diagnostics.some(({ code }) => code === 'not-quiet'),
  )
  if (!open) await store.setSetting(settingOf(replica), config.layout)
}

function settingOf(replica: string): string {
  return `layout ${replica}`
}
