import { createRequire } from 'node:module'
import * as fc from 'fast-check'

interface SpecExample {
  readonly markdown: string
}

const { tests } = createRequire(import.meta.url)('commonmark-spec') as {
  readonly tests: readonly SpecExample[]
}

/** Every example of the CommonMark specification. */
export const SPEC_EXAMPLES: readonly string[] = tests.map(({ markdown }) =>
  markdown.replaceAll('→', '\t'),
)

/** Pieces of which block structure is made, and some that only look so. */
const PIECES = [
  '- ',
  '* ',
  '+',
  '-',
  '1. ',
  '2) ',
  '10. ',
  '# ',
  '## ',
  '#',
  '### x ##',
  '```',
  '~~~',
  '````',
  '`',
  '> ',
  '<!--',
  '-->',
  '<div>',
  '</div>',
  '<b>',
  '<?',
  '<pre>',
  '[',
  '[foo]: /u',
  '[ ] ',
  '[x] ',
  '](a)',
  '---',
  '===',
  '=',
  '- - -',
  '***',
  'a',
  'b c',
  'foo',
  '\\',
  '|',
  ':',
  "'",
  '"',
  '\0',
  '\u00A0',
  '\uFEFF',
  '\uE000',
  '&#35;',
  '{{title}}',
  '{{',
  '<!-- dx:title -->',
  '<!-- /dx:title -->',
  '$&',
  '%}',
  'key: value',
  'status: ',
  '- x',
  '  - y',
  "'",
  'a: [',
  ']',
  ' ',
  '  ',
  '    ',
  '\t',
  '',
]

/** A line of Markdown as nobody would write it. */
export const wildLine: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 5 })
  .map((pieces) => pieces.join(''))

/** A text of such lines with all sorts of line endings, or an example of the specification. */
export const wildMarkdown: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: linesOf(fc.constant('\n')) },
  { weight: 1, arbitrary: linesOf(fc.constantFrom('\n', '\r\n', '\r', '\n\n')) },
  { weight: 1, arbitrary: fc.constantFrom(...SPEC_EXAMPLES) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
)

function linesOf(ending: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(wildLine, ending), { maxLength: 12 })
    .map((lines) => lines.flat().join(''))
}
