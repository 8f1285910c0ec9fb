import type { World } from './world.ts'

/** All that can be seen of a world in the end, for whoever looks for the cause of a failure. */
export async function describeWorld(world: World): Promise<string> {
  const { project } = await world.process()
  const lines: string[] = []
  for (const [path, text] of world.people.texts()) {
    if (!path.endsWith('/overview.md')) lines.push(`--- ${path}`, text)
  }
  for (const { path, diagnostics } of await project.base.waiting()) {
    for (const { severity, code, line, message } of diagnostics) {
      lines.push(`waits: ${path}:${line ?? 0} ${severity}[${code}] ${message}`)
    }
  }
  for (const conflict of await project.store.conflicts()) {
    lines.push(`conflict: ${JSON.stringify(conflict)}`)
  }
  const names = await project.store.names()
  const entities = new Map(
    (await project.store.entities(names.map(({ id }) => id))).map((entity) => [entity.id, entity]),
  )
  for (const { id, live, path } of names) {
    const fields = JSON.stringify([...(entities.get(id)?.fields ?? [])])
    lines.push(`${live ? 'entity' : 'trashed'}: ${id} ${path ?? ''} ${fields}`)
  }
  return lines.join('\n')
}
