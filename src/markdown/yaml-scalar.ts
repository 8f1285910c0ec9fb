/** How a scalar is written in YAML. */
export type ScalarStyle = 'plain' | 'single' | 'double'

/** Characters that only an escape in double quotes brings through every YAML reader. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const SPECIAL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const ESCAPED = /["\\\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g
const PLAIN_START = /^(?:[^\s"'#&*!|>%@`,[\]{}:?-]|[:?-](?=\S))/
const BREAKS_PLAIN = /:(?=[ \t]|$)|[ \t]#|^\s|\s$|^(?:---|\.\.\.)/
const FLOW_MARK = /[,[\]{}]/
const EMPTY_WORD = /^(?:~|null|Null|NULL)$/

/** Tells a plain scalar that YAML reads as no value. */
export function isNullWord(text: string): boolean {
  return EMPTY_WORD.test(text)
}

/** Tells whether YAML reads `text`, unquoted, as that very text; `flow`: between `[` and `]`. */
export function isPlain(text: string, flow: boolean): boolean {
  return (
    PLAIN_START.test(text) &&
    !BREAKS_PLAIN.test(text) &&
    !SPECIAL.test(text) &&
    !(flow && (FLOW_MARK.test(text) || text.includes(':')))
  )
}

/**
 * Writes `text` as a YAML scalar of one line: in the style asked for where that can express it, else
 * plain, else in double quotes.
 */
export function printYamlScalar(text: string, style: ScalarStyle | null, flow = false): string {
  if (style === 'single' && !SPECIAL.test(text)) return `'${text.replaceAll("'", "''")}'`
  if (style !== 'double' && isPlain(text, flow) && !isNullWord(text)) return text
  return `"${text.replaceAll(ESCAPED, escape)}"`
}

function escape(char: string): string {
  if (char === '"' || char === '\\') return `\\${char}`
  if (char === '\n') return '\\n'
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Reads a scalar of one line in single quotes, or in double quotes without escapes; null for others. */
export function readQuoted(source: string): string | null {
  const quote = source[0]
  if (source.length < 2 || source.at(-1) !== quote) return null
  const inner = source.slice(1, -1)
  if (quote === "'") {
    const bare = inner.replaceAll("''", '')
    return bare.includes("'") || inner.includes('\n') ? null : inner.replaceAll("''", "'")
  }
  if (quote !== '"' || inner.includes('"') || inner.includes('\\') || inner.includes('\n'))
    return null
  return inner
}
