import assert from 'node:assert/strict'
import { test } from 'node:test'
import { indexNames } from '../../lens/name-index.ts'
import type { DocumentPath } from '../../model/document.ts'
import { presentChange } from './live-change.ts'
import { paintFor } from './paint.ts'

test('a save of which nothing was taken is not told as taken', () => {
  const path = 'sessions/main/tasks/a.md' as DocumentPath
  const change = { path, kind: 'ingest', into: 'database', fields: [] } as const
  const around = { names: indexNames([]), paint: paintFor(false) }
  const shown = (refused: readonly string[]): string =>
    presentChange('12:00:00', 'a.md', change, { ...around, refused: new Set(refused) })
  assert.match(shown([]), /its text was taken/)
  assert.match(shown([path]), /something in it was not taken/)
})
