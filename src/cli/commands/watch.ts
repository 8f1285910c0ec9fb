import { DiptychError } from '../../model/error.ts'
import { SCHEMA_VERSION } from '../../tasks/entity-json.ts'
import type { Command } from '../context.ts'
import { pathFromHere } from '../diagnostic-path.ts'
import { eventLine, watchPanels } from '../watch-panels.ts'
import { openProject } from '../with-project.ts'

/** `watch`: keeps both panels together until it is stopped, which is no failure. */
export const watchProject: Command<object> = async (context) => {
  const { io, globals } = context
  if (!globals.sync) {
    throw new DiptychError('usage', {
      what: 'watch does nothing but synchronize',
      why: '--no-sync was given',
      hint: 'leave out --no-sync',
    })
  }
  await using project = await openProject(context)
  const place = pathFromHere(context, project, '.')
  if (globals.json) {
    await io.stdout.write(eventLine('started', { folder: project.location.folder }))
  }
  context.note(
    `watching ${place}: a value that you save shows in the database at once, and a change in the\n` +
      'database in its file, once you have not saved that for five seconds. Press ctrl-c to end.',
  )
  await watchPanels(context, project)
  context.note('no longer watching')
  return {
    json: { schemaVersion: SCHEMA_VERSION, kind: 'watch', event: 'ended' },
    text: () => '',
  }
}
