import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { create, idOf, transactionOf } from './store-bed.ts'

// Run as a process of its own: opens the database, perhaps for the first time, and creates tasks,
// one commit each.
const [path = '', writer = '0', commits = '0'] = process.argv.slice(2)
await using store = await openSqliteStore({ path, catalogue: STANDARD_CATALOGUE })
for (let i = 0; i < Number(commits); i++) {
  const id = idOf(Number(writer) * 1_000 + i)
  const operation = { id: `o-${writer}-${String(i)}` as never }
  const outcome = await store.commit(
    transactionOf({ operation, entities: [create(id, { title: `by ${writer}` })] }),
  )
  if (outcome.kind !== 'committed') throw new Error(`commit was ${outcome.kind}`)
}
