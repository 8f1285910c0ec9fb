const BULLET = String.raw`(?:[-*+]|\d{1,9}[.)])`
/** `~~- [ ] Title~~`: struck from the bullet on. */
const STRUCK_ITEM = new RegExp(String.raw`^(\s*)~~\s*(${BULLET}\s+\[.?\])\s+(.*?)\s*~~(\s*)$`)
/** `- ~~[ ] Title~~`: struck from the box on. */
const STRUCK_BOX = new RegExp(String.raw`^(\s*${BULLET}\s+)~~\s*(\[.?\])\s+(.*?)\s*~~(\s*)$`)
/** `- [ ] [~~Title~~](target)`: struck within the link. */
const STRUCK_TEXT = new RegExp(String.raw`^(\s*${BULLET}\s+\[.\]\s+)\[~~(.+?)~~\](\([^()\s]+\))`)
/** `- [ x]`, `- [  ]`, `- [ ]Title`, `-[ ] Title`: a box with blanks too many or too few. */
const LOOSE_BOX = new RegExp(
  String.raw`^(\s*${BULLET})\s*\[[ \t]*([xX✓✔/-]?)[ \t]*\](?=\s+\S|[\p{L}\p{N}])\s*`,
  'u',
)
/** `[ ] Title`: a box without a bullet. */
const BARE_BOX = /^([ \t]*)\[([ xX])\][ \t]+(?=\S)/

/**
 * A line of a board with its box and its strike where the board has them: `- [x] ~~Title~~` for
 * `~~- [x] Title~~`, `-[x]Title` and the like. Any other line is returned as it is.
 */
export function spellItem(line: string): string {
  const struck = line
    .replace(STRUCK_ITEM, '$1$2 ~~$3~~$4')
    .replace(STRUCK_BOX, '$1$2 ~~$3~~$4')
    .replace(STRUCK_TEXT, '$1~~[$2]$3~~')
  const boxed = struck.replace(
    LOOSE_BOX,
    (_match, bullet: string, mark: string) => `${bullet} [${mark === '' ? ' ' : mark}] `,
  )
  return boxed.replace(BARE_BOX, '$1- [$2] ')
}
