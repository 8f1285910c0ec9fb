import type { Random } from './random.ts'

/** How a program on the person's machine writes a file. */
export type SaveStyle = 'in-place' | 'truncate' | 'atomic' | 'backup' | 'append'

/** What a person changes in a text; board and other documents take different ones. */
export type EditKind =
  | 'prose'
  | 'note'
  | 'key'
  | 'status'
  | 'title'
  | 'cut'
  | 'tick'
  | 'line'
  | 'drop'
  | 'up'
  | 'heading'
  | 'nest'

/** What a program does to the database. */
export type Deed = 'assignee' | 'notes' | 'title' | 'status' | 'create' | 'trash' | 'group'

/** One thing that a person or a program does. `document` chooses among those that are there. */
export type Act =
  | {
      readonly kind: 'save'
      readonly document: number
      readonly style: SaveStyle
      readonly edit: EditKind
    }
  /** An editor reads a file into a buffer, and saves that buffer later, stale by then. */
  | { readonly kind: 'open'; readonly document: number; readonly slot: number }
  | {
      readonly kind: 'save-buffer'
      readonly slot: number
      readonly style: SaveStyle
      readonly edit: EditKind
    }
  /** A program holds a file open, and appends through its descriptor later. */
  | { readonly kind: 'hold'; readonly document: number; readonly slot: number }
  | { readonly kind: 'write-held'; readonly slot: number }
  /** The next part of a save that takes several calls. */
  | { readonly kind: 'continue' }
  | { readonly kind: 'copy' | 'rename' | 'remove' | 'file-in'; readonly document: number }
  | { readonly kind: 'new-file' }
  | { readonly kind: 'mass-remove'; readonly every: number }
  /** Remembers all files, as a commit does, or brings the remembered ones back, as a checkout. */
  | { readonly kind: 'snapshot' | 'checkout' }
  /** Makes the folder of tasks one that cannot be listed, or can be again. */
  | { readonly kind: 'lock' | 'unlock' }
  | { readonly kind: 'program'; readonly document: number; readonly deed: Deed }
  | { readonly kind: 'wait'; readonly milliseconds: number }

/** An act in the middle of a synchronization, before its call with number `at`. */
export interface Intrusion {
  readonly at: number
  readonly act: Act
}

/** What goes wrong in a synchronization, at its call with number `at`. */
export type Mishap =
  | { readonly kind: 'none' }
  | { readonly kind: 'killed'; readonly at: number }
  | { readonly kind: 'power'; readonly at: number; readonly keep: number; readonly salt: number }
  | { readonly kind: 'fault'; readonly at: number; readonly code: string; readonly times: number }

/** One step of a run: plain data, so that a run can be cut down, kept and replayed. */
export type Step =
  | { readonly kind: 'act'; readonly act: Act }
  | {
      readonly kind: 'sync'
      readonly process: number
      /** Whether a second process synchronizes at the same time. */
      readonly both: boolean
      readonly accept: boolean
      readonly during: readonly Intrusion[]
      readonly mishap: Mishap
    }

const STYLES: readonly SaveStyle[] = ['in-place', 'truncate', 'atomic', 'backup', 'append']
const EDITS: readonly EditKind[] = [
  'prose',
  'note',
  'key',
  'status',
  'title',
  'cut',
  'tick',
  'line',
  'drop',
  'up',
  'heading',
  'nest',
]
const DEEDS: readonly Deed[] = ['assignee', 'notes', 'title', 'status', 'create', 'trash', 'group']
const FAULTS: readonly string[] = ['EIO', 'ENOSPC', 'EACCES', 'EMFILE', 'EROFS']

/** Draws the steps of a run. */
export function drawSteps(random: Random, count: number): readonly Step[] {
  return Array.from({ length: count }, () => drawStep(random))
}

function drawStep(random: Random): Step {
  if (random.chance(70)) return { kind: 'act', act: drawAct(random) }
  const busy = random.chance(50)
  return {
    kind: 'sync',
    process: random.below(2),
    both: random.chance(15),
    accept: random.chance(70),
    during: Array.from({ length: busy ? 1 + random.below(4) : 0 }, () => ({
      at: random.below(random.chance(50) ? 60 : 400),
      act: drawAct(random),
    })),
    mishap: drawMishap(random),
  }
}

function drawMishap(random: Random): Mishap {
  const at = random.below(random.chance(60) ? 120 : 600)
  const fate = random.below(100)
  if (fate < 8) return { kind: 'killed', at }
  if (fate < 11) {
    return { kind: 'power', at, keep: random.below(101), salt: random.below(1_000_000) }
  }
  if (fate < 17) return { kind: 'fault', at, code: random.pick(FAULTS), times: 1 + random.below(4) }
  return { kind: 'none' }
}

function drawAct(random: Random): Act {
  const document = random.below(40)
  const slot = random.below(3)
  const style = random.pick(STYLES)
  const edit = random.pick(EDITS)
  const fate = random.below(100)
  if (fate < 30) return { kind: 'save', document, style, edit }
  if (fate < 37) return { kind: 'open', document, slot }
  if (fate < 44) return { kind: 'save-buffer', slot, style, edit }
  if (fate < 47) return { kind: 'hold', document, slot }
  if (fate < 50) return { kind: 'write-held', slot }
  if (fate < 60) return { kind: 'continue' }
  if (fate < 66) {
    return { kind: random.pick(['copy', 'rename', 'remove', 'file-in'] as const), document }
  }
  if (fate < 68) return { kind: 'new-file' }
  if (fate < 69) return { kind: 'mass-remove', every: 2 + random.below(4) }
  if (fate < 72) return { kind: random.pick(['snapshot', 'checkout'] as const) }
  if (fate < 75) return { kind: random.pick(['lock', 'unlock', 'unlock'] as const) }
  if (fate < 92) return { kind: 'program', document, deed: random.pick(DEEDS) }
  return { kind: 'wait', milliseconds: random.pick([1, 3, 10, 500, 6000, 61_000]) }
}
