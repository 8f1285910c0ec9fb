import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const EXPECTED = new URL('expected/', import.meta.url)

/**
 * Compares `text` with the pinned file `name`, byte for byte. With `DIPTYCH_UPDATE_PINS=1` the file
 * takes the text instead; read the difference before it is committed.
 */
export function assertPinned(name: string, text: string): void {
  const file = new URL(name, EXPECTED)
  if (process.env['DIPTYCH_UPDATE_PINS'] === '1') {
    mkdirSync(EXPECTED, { recursive: true })
    writeFileSync(file, text)
  }
  assert.equal(
    text,
    readFileSync(file, 'utf8'),
    `${name} changed; DIPTYCH_UPDATE_PINS=1 accepts it`,
  )
}

/** `text` with ids numbered in their order of appearance, and days and instants named. */
export function withoutChance(text: string): string {
  const numbers = new Map<string, string>()
  const numbered = text.replaceAll(
    /\b([sgtnoc])-[0-9a-hjkmnp-tv-z]{8}\b/g,
    (id, letter: string) => {
      const known = numbers.get(id) ?? `${letter}-${numbers.size + 1}`
      numbers.set(id, known)
      return known
    },
  )
  return numbered
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'INSTANT')
    .replaceAll(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d/g, 'MINUTE')
    .replaceAll(/\b20\d\d-\d\d-\d\d\b/g, 'DAY')
}
