import type { ContentHash, DocumentKey, DocumentPath } from '../model/document.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Timestamp } from '../model/entity.ts'
import type { Aside, Intent } from '../ports/base-store.ts'
import type { EngineParts } from './engine-parts.ts'
import { makeIntent } from './make-intent.ts'
import { whyUnread } from './observe.ts'
import { encodeText } from './text-bytes.ts'

/** A file's new text. `expected`: the bytes that it must have; null: it must not be there. */
export interface Save {
  readonly path: DocumentPath
  readonly text: string
  readonly expected: ContentHash | null
}

/** How a save ended; nothing was written unless it is `saved`. */
export type SaveOutcome =
  | { readonly kind: 'saved'; readonly hash: ContentHash }
  /** The file has the bytes of `hash`, none where that is null; the expected ones where others were in the way. */
  | { readonly kind: 'changed'; readonly hash: ContentHash | null }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }

/**
 * Saves a document's file as a person's editor does, for the next run to read as an edit of the folder.
 *
 * The bytes that it replaces and those that it writes are kept before, and the file is moved aside and
 * watched for late writers like any that the engine replaces, so that a save at the same instant is
 * merged and not lost.
 */
export async function saveDocument(parts: EngineParts, save: Save): Promise<SaveOutcome> {
  const { base, folder, clock } = parts
  const { path, text, expected } = save
  const found = (await folder.read([path])).get(path) ?? ({ kind: 'absent' } as const)
  const [unread] = found.kind === 'read' ? [] : whyUnread(found)
  if (unread !== undefined) return { kind: 'refused', diagnostic: unread }
  const before = found.kind === 'read' ? found : null
  if ((before?.hash ?? null) !== expected) return { kind: 'changed', hash: before?.hash ?? null }
  const bytes = encodeText(text)
  const hash = folder.hash(bytes)
  if (hash === expected) return { kind: 'saved', hash }
  const document = await keyOf(parts, path)
  const kept = { by: 'person', document, path, time: clock.now() } as const
  const replaced = before === null ? [] : [{ ...kept, hash: before.hash, bytes: before.bytes }]
  await base.keep([...replaced, { ...kept, hash, bytes }])
  const change =
    expected === null
      ? ({ kind: 'create', path, text } as const)
      : ({ kind: 'replace', path, text, expected } as const)
  return await swapIn(parts, makeIntent(parts, document, change, hash), bytes, hash)
}

async function swapIn(
  parts: EngineParts,
  intent: Intent,
  contents: Uint8Array,
  hash: ContentHash,
): Promise<SaveOutcome> {
  const { base, folder, clock } = parts
  await base.intend([intent])
  const [carried] = await folder.carryOut([{ intent, contents }])
  // Another process may have found the intent before it was carried out, and undone it.
  const outcome = carried?.kind === 'failed' ? await folder.recover(intent, contents) : carried
  if (carried?.kind === 'failed' && outcome?.kind === 'failed') {
    return { kind: 'refused', diagnostic: carried.diagnostic }
  }
  if (outcome?.kind === 'done') {
    const aside = asideOf(intent, clock.now())
    await (aside === null ? base.settle([intent.id]) : base.setAside([aside]))
    return { kind: 'saved', hash }
  }
  await base.settle([intent.id])
  const after = (await folder.read([intent.path])).get(intent.path)
  return { kind: 'changed', hash: after?.kind === 'read' ? after.hash : null }
}

/** What was replaced is watched as if nobody had written into it: who did so since is merged in the next run. */
function asideOf(intent: Intent, since: Timestamp): Aside | null {
  return intent.expected === null ? null : { intent, known: intent.expected, since }
}

/** The document that the database has at a path; a file that no one knows yet is named by its path. */
async function keyOf({ base }: EngineParts, path: DocumentPath): Promise<DocumentKey> {
  const known = (await base.agreedIndex()).find((entry) => entry.path === path)
  return known?.key ?? (path as string as DocumentKey)
}
