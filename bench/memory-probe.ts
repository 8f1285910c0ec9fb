import assert from 'node:assert/strict'
import { PROJECT_FOLDER } from '../src/model/config.ts'
import { openProject } from '../src/main.ts'

/** Opens the project in the directory given, synchronizes it to rest and prints its tasks and the memory of this process in bytes. */
const directory = process.argv[2]
assert.ok(directory !== undefined)
const location = { directory, folder: PROJECT_FOLDER }
await using project = await openProject({ location, origin: 'api', actor: null })
await project.engine.sync()
assert.equal((await project.engine.sync()).writes, 0)
const { total: tasks } = await project.store.find({ kind: 'task', limit: 1 })
const { rss } = process.memoryUsage()
const peak = process.resourceUsage().maxRSS * 1024
process.stdout.write(JSON.stringify({ tasks, rss, peak }))
