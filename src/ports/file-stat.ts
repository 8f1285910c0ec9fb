/** What `lstat` says of a file. Nanoseconds as `bigint`, because a double cannot hold them. */
export interface FileStat {
  readonly size: number
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
  readonly ino: bigint
  readonly mode: number
}
