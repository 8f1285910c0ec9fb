import type { Schema } from './migrate.ts'

/** The full-text index: made with version 1, and again where it is damaged. */
export const SEARCH_TABLE = `-- By the entity's seq. It keeps no text of its own: snippets are cut from the documents.
CREATE VIRTUAL TABLE search USING fts5 (
  title, body,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
-- Bytes of new entries held in memory before they are written, so that an import writes them once.
INSERT INTO search (search, rank) VALUES ('hashsize', 33554432);
`

const VERSION_1 = `
CREATE TABLE meta (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  database TEXT NOT NULL,
  ordinal REAL NOT NULL DEFAULT 0
) STRICT;

-- One row per transaction; its number is the counter that the database has reached with it.
CREATE TABLE commits (
  counter INTEGER PRIMARY KEY,
  operation TEXT NOT NULL,
  part INTEGER NOT NULL,
  origin TEXT NOT NULL,
  actor TEXT,
  time INTEGER NOT NULL,
  summary TEXT NOT NULL,
  UNIQUE (operation, part)
) STRICT;

-- What queries filter and sort by. Wide values stand apart, so that scans stay short.
CREATE TABLE entities (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  revision INTEGER NOT NULL,
  ordinal REAL NOT NULL,
  updated INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  title TEXT NOT NULL,
  status TEXT NOT NULL,
  archived INTEGER NOT NULL,
  session TEXT,
  "group" TEXT,
  parent TEXT,
  type TEXT,
  specialist TEXT,
  assignee TEXT,
  priority INTEGER NOT NULL,
  due TEXT,
  place REAL NOT NULL,
  estimate REAL,
  actual REAL
) STRICT;
-- In board order, with what most lists and counts filter by, so that they read nothing else.
CREATE INDEX entities_board
  ON entities (kind, archived, place, ordinal, id, status, session, "group");
CREATE INDEX entities_status ON entities (kind, archived, status, session);
CREATE INDEX entities_changed ON entities (changed);

CREATE TABLE field_sets (
  entity INTEGER PRIMARY KEY REFERENCES entities (seq) ON DELETE CASCADE,
  fields TEXT NOT NULL
) STRICT;

CREATE TABLE dependencies (
  task INTEGER NOT NULL REFERENCES entities (seq) ON DELETE CASCADE,
  needs TEXT NOT NULL,
  PRIMARY KEY (task, needs)
) STRICT, WITHOUT ROWID;

CREATE TABLE labels (
  label TEXT NOT NULL,
  entity INTEGER NOT NULL,
  PRIMARY KEY (label, entity)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
  seq INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  former TEXT NOT NULL
) STRICT;

CREATE TABLE texts (
  document INTEGER PRIMARY KEY REFERENCES documents (seq) ON DELETE CASCADE,
  text TEXT NOT NULL
) STRICT;

-- Changes of field values. A creation is one row: the values it began with are the current ones
-- with every later change taken back.
CREATE TABLE history (
  seq INTEGER PRIMARY KEY,
  counter INTEGER NOT NULL REFERENCES commits (counter),
  entity TEXT NOT NULL,
  event TEXT NOT NULL,
  revision INTEGER NOT NULL,
  field TEXT,
  old TEXT,
  new TEXT
) STRICT;
CREATE INDEX history_entity ON history (entity);
CREATE INDEX history_counter ON history (counter);

CREATE TABLE tombstones (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  revision INTEGER NOT NULL,
  ordinal REAL NOT NULL,
  updated INTEGER NOT NULL,
  title TEXT NOT NULL,
  status TEXT NOT NULL,
  archived INTEGER NOT NULL,
  session TEXT,
  "group" TEXT,
  parent TEXT,
  place REAL NOT NULL,
  fields TEXT NOT NULL,
  path TEXT,
  former TEXT NOT NULL,
  text TEXT,
  counter INTEGER NOT NULL REFERENCES commits (counter),
  reason TEXT
) STRICT;

CREATE TABLE receipts (
  document TEXT NOT NULL,
  replica TEXT NOT NULL,
  operation TEXT NOT NULL,
  path TEXT NOT NULL,
  hash TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (document, replica)
) STRICT, WITHOUT ROWID;

CREATE TABLE conflicts (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  entity TEXT NOT NULL,
  replica TEXT NOT NULL,
  field TEXT NOT NULL,
  kind TEXT NOT NULL,
  agreed TEXT,
  folder TEXT,
  database TEXT,
  revision INTEGER NOT NULL,
  opened INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

${SEARCH_TABLE}`

/** Tables of the main database, `orchestrator.db`. */
export const STORE_SCHEMA: Schema = { application: 0x64_69_70_31, migrations: [VERSION_1] }
