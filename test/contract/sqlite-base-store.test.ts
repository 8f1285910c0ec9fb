import { baseStoreContract } from './base-store.ts'
import { sqliteBaseStoreBed } from './sqlite-bed.ts'

baseStoreContract('SQLite', sqliteBaseStoreBed)
