import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where Linux keeps files in memory: databases there wait for no disk. */
const IN_MEMORY = '/dev/shm'

/** Makes a temporary folder, in memory where the system has a place for that. */
export function makeMemoryFolder(): string {
  return mkdtempSync(join(existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir(), 'diptych-simulation-'))
}
