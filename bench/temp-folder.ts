import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const made = new Set<string>()

process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))

/** Makes a folder that goes with the process, however that ends, or earlier by {@link dropTempFolder}. */
export function makeTempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-bench-'))
  made.add(folder)
  return folder
}

/** Removes a folder that {@link makeTempFolder} made. */
export function dropTempFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  made.delete(folder)
}
