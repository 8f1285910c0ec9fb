/** What a name becomes on a file system that tells neither case nor the forms of letters apart. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

const FOLDED = /^[\0-@[-\x7f]*$/

/** Whether folding would change nothing: true only for plain letters, which nearly all names are. */
function isFolded(name: string): boolean {
  return FOLDED.test(name)
}

/**
 * Names of one folder that fold to the same, each with the one that is used in its stead: one that
 * `isKnown`, else the first by code units, whatever the order of `names`.
 */
export function findTwins(
  names: readonly string[],
  isKnown: (name: string) => boolean,
): ReadonlyMap<string, string> {
  const twins = new Map<string, string>()
  if (names.every(isFolded) || new Set(names.map(foldName)).size === names.length) return twins
  const groups = Map.groupBy(new Set(names), foldName)
  for (const group of groups.values()) {
    if (group.length === 1) continue
    const sorted = group.toSorted()
    const used = sorted.find(isKnown) ?? sorted[0]
    for (const name of sorted) if (name !== used && used !== undefined) twins.set(name, used)
  }
  return twins
}
