import * as fc from 'fast-check'

/** A base and two versions of it. */
export interface Three<T> {
  readonly base: T
  readonly folder: T
  readonly database: T
}

type Edit = readonly [place: number, removed: number, added: readonly string[]]

/** Few different lines, so that repetition, blanks and look-alikes are the rule. */
const line = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('', '', 'a', 'b', 'c', '- [ ] x', '```', '## H', '  a') },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 40 }).map((n) => `line ${n}`) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }).map((s) => s.replaceAll(/[\r\n]/g, '')) },
)

const lines = fc.array(line, { maxLength: 24 })

const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.tuple(fc.nat(24), fc.nat(3), fc.array(line, { maxLength: 3 })),
  { maxLength: 4 },
)

function edited(base: readonly string[], changes: readonly Edit[]): readonly string[] {
  return changes.reduce<readonly string[]>(
    (text, [place, removed, added]) => text.toSpliced(place % (text.length + 1), removed, ...added),
    base,
  )
}

/** A text, as lines, and two versions of it that are edited here and there or, at times, all their own. */
export const threeLines: fc.Arbitrary<Three<readonly string[]>> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(lines, edits, edits).map(([base, there, here]) => {
      return { base, folder: edited(base, there), database: edited(base, here) }
    }),
  },
  { weight: 1, arbitrary: fc.record({ base: lines, folder: lines, database: lines }) },
)

function joined(text: readonly string[], closed: boolean): string {
  return text.join('\n') + (closed ? '\n' : '')
}

/** Such texts joined by line feeds, with or without a final one. */
export const threeTexts: fc.Arbitrary<Three<string>> = fc
  .tuple(threeLines, fc.boolean(), fc.boolean(), fc.boolean())
  .map(([three, first, second, third]) => {
    return {
      base: joined(three.base, first),
      folder: joined(three.folder, second),
      database: joined(three.database, third),
    }
  })

/** Such texts in which each line has an end of its own, as three editors would leave them. */
export const threeMixedTexts: fc.Arbitrary<Three<string>> = fc
  .tuple(
    threeLines,
    fc.array(fc.constantFrom('\n', '\r\n', '\r', '\r\n'), { minLength: 7, maxLength: 7 }),
  )
  .map(([three, ends]) => {
    const join = (text: readonly string[], shift: number): string =>
      text.map((content, at) => content + (ends[(at * shift) % ends.length] ?? '\n')).join('')
    return {
      base: join(three.base, 1),
      folder: join(three.folder, 2),
      database: join(three.database, 3),
    }
  })
