import assert from 'node:assert/strict'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'
import { type Corpus, RARE_WORD } from './corpus.ts'
import type { Floor } from './measure.ts'
import { dropTempFolder, makeTempFolder } from './temp-folder.ts'

/** An SQLite file with one row for each task of a corpus and nothing around it. */
export interface BareDatabase extends Disposable {
  /** Changes one value of one row; durable on return. */
  readonly update: (id: string) => void
  readonly updateFloor: Floor
  /** The first 50 rows in an indexed order. */
  readonly listFloor: Floor
  /** The best 20 rows that hold a word, by a full-text index. */
  readonly searchFloor: Floor
}

/** Makes the bare database of a corpus. */
export function makeBareDatabase({ tasks }: Corpus): BareDatabase {
  const folder = makeTempFolder()
  const database = new DatabaseSync(join(folder, 'bare.db'))
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;
    CREATE TABLE tasks (id TEXT PRIMARY KEY, place INTEGER NOT NULL, value TEXT, text TEXT NOT NULL);
    CREATE INDEX tasks_place ON tasks (place);
    CREATE VIRTUAL TABLE words USING fts5 (text, content = '');
    BEGIN`)
  const insert = database.prepare('INSERT INTO tasks (id, place, text) VALUES (?, ?, ?)')
  const insertWords = database.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)')
  for (const [place, { id, text }] of tasks.entries()) {
    insert.run(id, place, text)
    insertWords.run(place + 1, text)
  }
  database.exec('COMMIT')
  let turn = 0
  const set = database.prepare('UPDATE tasks SET value = ? WHERE id = ?')
  const update = (id: string): void => {
    assert.equal(set.run(String(turn++), id).changes, 1)
  }
  const list = database.prepare('SELECT id, value, text FROM tasks ORDER BY place LIMIT 50')
  const search = database.prepare(
    `SELECT t.id, t.text FROM words w JOIN tasks t ON t.place = w.rowid - 1
     WHERE words MATCH ? ORDER BY rank LIMIT 20`,
  )
  return {
    update,
    updateFloor: timed('bare durable UPDATE', () => {
      update(tasks[turn % tasks.length]?.id ?? '')
    }),
    listFloor: timed('bare SELECT of 50', () => {
      assert.equal(list.all().length, Math.min(50, tasks.length))
    }),
    searchFloor: timed('bare MATCH, best 20', () => {
      assert.ok(search.all(RARE_WORD).length > 0)
    }),
    [Symbol.dispose]: () => {
      database.close()
      dropTempFolder(folder)
    },
  }
}

function timed(name: string, work: () => unknown): Floor {
  const sample = (): number => {
    const start = performance.now()
    work()
    return performance.now() - start
  }
  return { name, sample }
}
