/** How many there are of something: `1 file`, `2 files`; `many` where the plural is not made with an s. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
