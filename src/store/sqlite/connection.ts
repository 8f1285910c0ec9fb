import {
  DatabaseSync,
  type SQLInputValue,
  type SQLOutputValue,
  type StatementSync,
} from 'node:sqlite'
import { statSync } from 'node:fs'
import { replacedFile, storeError } from './sqlite-error.ts'

/** Most statements kept prepared; queries with rare combinations of filters are prepared again. */
const STATEMENTS = 200

/** Time to wait for another process's transaction, in milliseconds. */
const BUSY_TIMEOUT = 30_000

/** Pages of the write-ahead log from which on they are copied into the database, between two calls. */
const LOG_PAGES = 500

/** A statement with the names of its columns: rows come as arrays, a third of the cost of SQLite's objects. */
interface Prepared {
  readonly statement: StatementSync
  readonly columns: readonly string[]
}

/** A value to bind. */
export type Parameter = SQLInputValue

/** A value that was read. */
export type Cell = SQLOutputValue

/**
 * One connection to an SQLite file, with its statements kept prepared.
 *
 * Work passed to {@link read} and {@link write} is synchronous, so no two flows ever share a
 * transaction. Errors of SQLite leave as `DiptychError`. Nothing is committed to a file that was removed
 * or replaced since it was opened (H90): the system would let it be written, and nobody could read it.
 */
export class Connection {
  readonly path: string
  readonly #database: DatabaseSync
  readonly #identity: string | null
  readonly #statements = new Map<string, Prepared>()
  #checkpoint: NodeJS.Immediate | null = null

  /** `timeout`: milliseconds for which a call waits for another process's transaction. */
  constructor(path: string, timeout: number = BUSY_TIMEOUT) {
    this.path = path
    try {
      this.#database = new DatabaseSync(path, { timeout, returnArrays: true })
      this.#identity = identityOf(path)
    } catch (error) {
      throw storeError(path, error)
    }
  }

  /** Runs `work` on one committed state. */
  read<T>(work: () => T): T {
    return this.#transact('BEGIN', work)
  }

  /** Runs `work` as the only writer, wholly or not at all. */
  write<T>(work: () => T): T {
    const result = this.#transact('BEGIN IMMEDIATE', () => {
      const done = work()
      this.assertInPlace()
      return done
    })
    this.#checkpoint ??= setImmediate(() => this.#shortenLog())
    return result
  }

  /** As {@link write}, but a power cut may lose it, wholly, until the next durable write. */
  writeSoon<T>(work: () => T): T {
    this.execute('PRAGMA synchronous = NORMAL')
    try {
      return this.write(work)
    } finally {
      this.execute('PRAGMA synchronous = FULL')
    }
  }

  /** Throws `store-unavailable` where another file, or none, stands at the path by now. */
  assertInPlace(): void {
    if (identityOf(this.path) !== this.#identity) throw replacedFile(this.path)
  }

  /** Runs statements outside of any transaction. */
  execute(sql: string): void {
    try {
      this.#database.exec(sql)
    } catch (error) {
      throw storeError(this.path, error)
    }
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- its SQL says what a row is
  rows<Row>(sql: string, ...parameters: readonly Parameter[]): readonly Row[] {
    const { statement, columns } = this.#prepared(sql)
    return statement.all(...parameters).map((values) => rowOf<Row>(columns, values))
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- its SQL says what a row is
  row<Row>(sql: string, ...parameters: readonly Parameter[]): Row | null {
    const { statement, columns } = this.#prepared(sql)
    const values = statement.get(...parameters)
    return values === undefined ? null : rowOf<Row>(columns, values)
  }

  /** Rows as arrays of their cells, where there are many of them. */
  tuples(sql: string, ...parameters: readonly Parameter[]): readonly (readonly Cell[])[] {
    const { statement } = this.#prepared(sql)
    return statement.all(...parameters) as unknown as readonly (readonly Cell[])[]
  }

  /** Carries out a statement; gives the row id of what it inserted. */
  run(sql: string, ...parameters: readonly Parameter[]): number {
    return Number(this.#prepared(sql).statement.run(...parameters).lastInsertRowid)
  }

  /** As {@link tuples}; integers may exceed what a double holds, and so come as bigint, all of them. */
  wideTuples(sql: string, ...parameters: readonly Parameter[]): readonly (readonly Cell[])[] {
    this.#prepared(sql).statement.setReadBigInts(true)
    return this.tuples(sql, ...parameters)
  }

  close(): void {
    if (this.#checkpoint !== null) clearImmediate(this.#checkpoint)
    this.#statements.clear()
    if (this.#database.isOpen) this.#database.close()
  }

  #transact<T>(begin: string, work: () => T): T {
    try {
      this.run(begin)
      const result = work()
      this.run('COMMIT')
      return result
    } catch (error) {
      // SQLite itself ends the transaction on some errors, a full disk for one.
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw storeError(this.path, error)
    }
  }

  /** Spares the caller of a commit the checkpoint that would otherwise be part of it. */
  #shortenLog(): void {
    this.#checkpoint = null
    const state = this.row<{ log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)')
    if (state === null || state.log - state.checkpointed < LOG_PAGES) return
    this.row('PRAGMA wal_checkpoint(PASSIVE)')
  }

  #prepared(sql: string): Prepared {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#database.prepare(sql)
    const oldest = this.#statements.keys().next()
    if (this.#statements.size >= STATEMENTS && !oldest.done) this.#statements.delete(oldest.value)
    const prepared = { statement, columns: statement.columns().map(({ name }) => name) }
    this.#statements.set(sql, prepared)
    return prepared
  }
}

/** What tells a file from any other that may come to stand at its path while it is open. */
function identityOf(path: string): string | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat === undefined ? null : `${stat.dev}:${stat.ino}`
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- its SQL says what a row is
function rowOf<Row>(columns: readonly string[], values: object): Row {
  const cells = values as readonly SQLOutputValue[]
  const row: Record<string, SQLOutputValue> = {}
  for (let i = 0; i < columns.length; i++) row[columns[i] ?? ''] = cells[i] ?? null
  return row as Row
}
