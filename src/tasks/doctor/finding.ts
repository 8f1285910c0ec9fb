import type { DatabaseName } from '../../ports/database-files.ts'

/** Something that `doctor --fix` does by itself, because it takes nothing away that anybody wrote. */
export type Mend =
  | { readonly kind: 'write-gitignore' | 'make-private' | 'synchronize' | 'rebuild-search' }
  | { readonly kind: 'set-aside'; readonly database: DatabaseName }

/**
 * What one check found. `warning`: it works, but look at it. `problem`: something does not work, or
 * what was written is in danger.
 */
export interface Finding {
  readonly check: string
  readonly state: 'ok' | 'warning' | 'problem'
  /** One line without a full stop. */
  readonly what: string
  /** Why it matters; absent where all is well. */
  readonly why?: string
  /** What to do, as something one can type where possible. */
  readonly remedy?: string
  readonly mend?: Mend
}

/** A finding that all is well. */
export function ok(check: string, what: string): Finding {
  return { check, state: 'ok', what }
}

/** A finding that wants a look; `mend` is what `--fix` does about it. */
export function warning(
  check: string,
  what: string,
  why: string,
  remedy: string,
  mend?: Mend,
): Finding {
  const found = { check, state: 'warning', what, why, remedy } as const
  return mend === undefined ? found : { ...found, mend }
}

/** A finding that something is wrong; `mend` as in {@link warning}. */
export function problem(
  check: string,
  what: string,
  why: string,
  remedy: string,
  mend?: Mend,
): Finding {
  return { ...warning(check, what, why, remedy, mend), state: 'problem' }
}

/** What `--fix` can be told to do, as the remedy of a finding with a {@link Mend}. */
export const FIX = 'diptych doctor --fix'
