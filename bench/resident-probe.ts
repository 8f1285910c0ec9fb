import assert from 'node:assert/strict'
import type { openWorkspace } from '../src/library/open-workspace.ts'

/**
 * Opens the project in a directory by the library at a path, both given, as a program that stays does;
 * waits until it is at rest and prints its tasks and the memory of this process in bytes.
 */
const [library, directory] = process.argv.slice(2)
assert.ok(library !== undefined && directory !== undefined)
const { openWorkspace: open } = (await import(library)) as {
  readonly openWorkspace: typeof openWorkspace
}
await using workspace = await open(directory)
await workspace.sync.settled()
const { total: tasks } = await workspace.tasks.page({ limit: 1 })
const { rss } = process.memoryUsage()
const peak = process.resourceUsage().maxRSS * 1024
process.stdout.write(JSON.stringify({ tasks, rss, peak }))
