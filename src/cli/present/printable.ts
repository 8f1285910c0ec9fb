/** Control characters, marks of direction, separators of lines, tags and lone surrogates. */
const HARMFUL = /(?![\t\n])\p{Cc}|\p{Bidi_Control}|[\u2028\u2029\ufeff\u{e0000}-\u{e007f}]|\p{Cs}/gu

/**
 * `text` as a terminal may show it: control characters and marks that turn the direction of text are
 * written as `<U+202E>`. Line breaks and tabs stay where `shape` is `lines`, and become blanks where
 * it is `line`. `\r\n` counts as one line break.
 */
export function printable(text: string, shape: 'line' | 'lines' = 'line'): string {
  const whole = text.replaceAll('\r\n', '\n')
  const shaped = shape === 'line' ? whole.replaceAll(/[\n\t]+/g, ' ') : whole
  return shaped.replaceAll(HARMFUL, (char) => {
    const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    return `<U+${code}>`
  })
}

/** `value` as JSON that a terminal may show: what {@link printable} would name is written `\u202e`. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(HARMFUL, (char) =>
    Array.from(
      { length: char.length },
      (_, index) => `\\u${char.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
}
