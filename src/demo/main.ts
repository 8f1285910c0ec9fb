import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tellStory } from './story.ts'

const directory = mkdtempSync(join(tmpdir(), 'diptych-demo-'))
try {
  await tellStory(directory, (line) => process.stdout.write(`${line}\n`))
} finally {
  rmSync(directory, { recursive: true, force: true })
}
