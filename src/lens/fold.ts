/** What is folded already; sparing it the rest matters, because most words that are compared are. */
const PLAIN = /^[a-z0-9]+(?: [a-z0-9]+)*$/
const ASCII = /^[\x20-\x7e]*$/
const LINK = /!?\[([^[\]]*)\]\([^()]*\)/g
const WIKILINK = /\[\[(?:[^[\]|]*\|)?([^[\]|]*)\]\]/g
const PICTURE =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u{FE0F}\u{200D}]/gu
const MARKS = /[*`~_]/g

/**
 * What is compared where people's spelling must not matter: NFKC, lower case, links as their text,
 * no emphasis marks, no emoji, no colon at the end, single blanks. `## 📝 **Description**:` and
 * `description` are the same, `C++` and `C#` are not.
 *
 * Never empty unless `text` is blank: what consists of emoji and marks alone stays itself.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  if (PLAIN.test(lower)) return lower
  const ascii = ASCII.test(lower)
  const plain = squeeze(ascii ? lower : lower.normalize('NFKC').toLowerCase())
  const words = plain.replaceAll(LINK, '$1').replaceAll(WIKILINK, '$1').replaceAll(MARKS, ' ')
  const bare = ascii ? words : words.replaceAll(PICTURE, '')
  return squeeze(bare).replace(/ ?:$/, '') || plain
}

function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
