import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import { openSqliteBaseStore } from '../../src/store/sqlite/open-sqlite-base-store.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import type { BaseStoreBed } from './base-store.ts'
import type { StoreBed } from './store-bed.ts'

/** A folder of its own for one test. */
export async function temporaryFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), 'diptych-store-'))
}

/** An SQLite database on disk. */
export async function sqliteStoreBed(): Promise<StoreBed> {
  const folder = await temporaryFolder()
  return {
    open: async () =>
      await openSqliteStore({
        path: join(folder, 'orchestrator.db'),
        catalogue: STANDARD_CATALOGUE,
      }),
    remove: async () => await rm(folder, { recursive: true }),
  }
}

/** An SQLite database of a replica on disk. */
export async function sqliteBaseStoreBed(): Promise<BaseStoreBed> {
  const folder = await temporaryFolder()
  return {
    open: async () => await openSqliteBaseStore({ path: join(folder, 'state.db') }),
    remove: async () => await rm(folder, { recursive: true }),
  }
}
