import { DiptychError } from '../model/error.ts'

/** Options of the command line that hints name, and what a program gives in their place. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/`diptych (task|group|session|note) show (\S+)`/g, "`ws.$1s.get('$2')`"],
  [/--if-revision (\d+)/g, '{ expectedRevision: $1 }'],
  [/--set ([\w.]+)=([\w-]+)/g, "{ $1: '$2' }"],
  [/--set ([\w.]+)=…/g, "{ $1: '…' }"],
  [/--(before|after) another task/g, "{ order: { $1: 'another task' } }"],
  [/--(first|last)\b/g, "{ order: '$1' }"],
]

/** An error whose hint names options as programs give them; anything else as it is. */
export function inLibraryWords(error: unknown): unknown {
  if (!(error instanceof DiptychError)) return error
  const { code, details, cause, stack } = error
  const hint = WORDS.reduce((text, [option, word]) => text.replaceAll(option, word), details.hint)
  if (hint === details.hint) return error
  const told = new DiptychError(code, { ...details, hint }, cause)
  if (stack !== undefined) told.stack = stack
  return told
}
