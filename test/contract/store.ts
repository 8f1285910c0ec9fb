import { commitContract } from './store-commit.ts'
import { feedContract } from './store-feed.ts'
import { findContract } from './store-find.ts'
import { historyContract } from './store-history.ts'
import { searchContract } from './store-search.ts'
import type { MakeStoreBed } from './store-bed.ts'

/** The suite of the `Store` port: every implementation passes it, each sentence of the port is in it. */
export function storeContract(name: string, makeBed: MakeStoreBed): void {
  commitContract(name, makeBed)
  feedContract(name, makeBed)
  findContract(name, makeBed)
  searchContract(name, makeBed)
  historyContract(name, makeBed)
}
