import { sqliteStoreBed } from './sqlite-bed.ts'
import { storeContract } from './store.ts'

storeContract('SQLite', sqliteStoreBed)
