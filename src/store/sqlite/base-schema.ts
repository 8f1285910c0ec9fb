import type { Schema } from './migrate.ts'

const VERSION_1 = `
CREATE TABLE meta (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  replica TEXT NOT NULL,
  database TEXT,
  counter INTEGER NOT NULL DEFAULT 0,
  operation TEXT
) STRICT;

CREATE TABLE seen (
  path TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  mtime INTEGER NOT NULL,
  ctime INTEGER NOT NULL,
  ino INTEGER NOT NULL,
  mode INTEGER NOT NULL,
  hash TEXT NOT NULL,
  observed REAL NOT NULL
) STRICT;

-- Bytes by their own SHA-256, whoever refers to them: agreed texts, older ones, kept bytes.
CREATE TABLE contents (
  seq INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  bytes BLOB NOT NULL
) STRICT;

-- "sum" is the CRC-32 of the rest of the row.
CREATE TABLE agreed (
  key TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  hash TEXT NOT NULL,
  revision INTEGER NOT NULL,
  content INTEGER NOT NULL REFERENCES contents (seq),
  fields TEXT NOT NULL,
  sum INTEGER NOT NULL
) STRICT;
CREATE INDEX agreed_content ON agreed (content);

CREATE TABLE older (
  seq INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  hash TEXT NOT NULL,
  content INTEGER NOT NULL REFERENCES contents (seq),
  UNIQUE (key, content)
) STRICT;
CREATE INDEX older_content ON older (content);

CREATE TABLE kept (
  content INTEGER PRIMARY KEY REFERENCES contents (seq),
  by TEXT NOT NULL,
  document TEXT,
  path TEXT,
  time INTEGER NOT NULL
) STRICT;

CREATE TABLE waiting (
  key TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  hash TEXT,
  since INTEGER NOT NULL,
  diagnostics TEXT NOT NULL,
  off_board TEXT NOT NULL
) STRICT;

CREATE TABLE intents (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  document TEXT NOT NULL,
  path TEXT NOT NULL,
  target TEXT,
  expected TEXT,
  next TEXT,
  temp TEXT NOT NULL,
  aside TEXT NOT NULL,
  known TEXT,
  since INTEGER
) STRICT;
`

/** Tables of a replica's own database, `state.db`. */
export const BASE_SCHEMA: Schema = { application: 0x64_69_70_32, migrations: [VERSION_1] }
