/**
 * Whether a file of this name is never a document: no `.md`, hidden, or what editors and
 * synchronizers leave beside one (`.#x.md`, `x.md~`, `#x.md#`, `x.md.swp`, `4913`, `x.md.tmp`,
 * `x.sync-conflict-20260101-120000-ABCDEFG.md`, `x.md.orig`, `x.md.rej`).
 */
export function isIgnoredFile(name: string): boolean {
  // Of that list only the hidden and the synchronizers' names can end in `.md`.
  return !name.endsWith('.md') || name.startsWith('.') || name.includes('.sync-conflict-')
}

/** Whether a folder of this name is never looked into. */
export function isIgnoredFolder(name: string): boolean {
  return name.startsWith('.') || name.endsWith('~') || name.includes('.sync-conflict-')
}

/** Name of the document that the placeholder `name` stands for (`.x.md.icloud`: in the cloud only), or null. */
export function placeheldName(name: string): string | null {
  return name.startsWith('.') && name.endsWith('.md.icloud')
    ? name.slice(1, -'.icloud'.length)
    : null
}
