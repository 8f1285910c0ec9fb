import { readText } from '../../lens/codec/text.ts'
import { toLf } from '../../markdown/lines.ts'
import { scanMarkdown } from '../../markdown/scan.ts'
import type { KindCatalogue } from '../../model/field.ts'
import type { ImportedTask, ImportRefusal } from './imported-task.ts'
import { type BacklogKey, readAsides, readKeys } from './read-keys.ts'
import { readSections } from './read-sections.ts'
import { type ForeignReferences, takeKey } from './take-key.ts'
import { takeSection } from './take-section.ts'
import { TaskDraft } from './task-draft.ts'

/** Folders of Backlog.md whose files are not tasks. */
const OTHER_FOLDERS: ReadonlySet<string> = new Set(['docs', 'decisions', 'milestones'])

/**
 * Reads one task file of Backlog.md.
 *
 * Law: every key of the front matter is in a field or in `dependencies` or `parent`, and every line
 * of the body that is not blank is in a field or a kept section, but for the headings of fields and
 * the markers around blocks. `path` is relative to the backlog folder; what lies under `archive` is
 * archived.
 */
export function readBacklogTask(
  text: string,
  path: string,
  catalogue: KindCatalogue,
): ImportedTask | ImportRefusal {
  const refuse = (line: number | null, reason: string): ImportRefusal => {
    return { kind: 'refused', path, line, reason }
  }
  const folders = path.split('/').slice(0, -1)
  const other = folders.find((folder) => OTHER_FOLDERS.has(folder))
  if (other !== undefined) return refuse(null, `what lies in \`${other}\` is not a task`)
  const scan = scanMarkdown(toLf(text))
  if (scan.frontMatter === null) return refuse(1, 'it has no front matter that can be read')
  const keys = readKeys(scan)
  const foreignId = textOf(keys, 'id')
  if (foreignId === null) return refuse(1, 'it has no `id`')
  if (textOf(keys, 'title') === null) return refuse(1, 'it has no `title`')

  const draft = new TaskDraft(path, catalogue)
  draft.keep('backlog_id', foreignId)
  const references: ForeignReferences = { dependencies: [], parent: null }
  for (const key of keys.filter((one) => one !== keyOf(keys, 'id'))) takeKey(draft, key, references)
  draft.keep('backlog_asides', readAsides(scan))
  if (folders.includes('archive')) draft.set('archived', true)
  for (const section of readSections(scan)) takeSection(draft, section)
  const { fields, sections, remarks } = draft
  return { kind: 'task', path, foreignId, fields, ...references, sections, remarks }
}

function keyOf(keys: readonly BacklogKey[], name: string): BacklogKey | undefined {
  return keys.find((key) => key.key === name)
}

function textOf(keys: readonly BacklogKey[], name: string): string | null {
  const value = keyOf(keys, name)?.value
  return typeof value === 'string' ? readText(value) : null
}
