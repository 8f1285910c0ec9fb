/** `1 file`, `2 files`: a number with the word for what was counted. */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}
