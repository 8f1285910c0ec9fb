/** Options that every command takes. */
export interface Globals {
  readonly project: string | null
  readonly json: boolean
  /** False: the database alone; the folder is neither read nor written. */
  readonly sync: boolean
  /** False: never ask, as if no one sat at the terminal. */
  readonly input: boolean
  readonly quiet: boolean
  readonly color: boolean
}

/** Global options as the parser of arguments gives them. */
export interface RawGlobals {
  readonly project?: string
  readonly json?: boolean
  readonly sync?: boolean
  readonly input?: boolean
  readonly quiet?: boolean
  readonly color?: boolean
}

/** Settles the global options from arguments, environment and terminal, in this order. */
export function readGlobals(
  raw: RawGlobals,
  environment: Readonly<Record<string, string | undefined>>,
  terminal: boolean,
): Globals {
  const named = raw.project ?? environment['DIPTYCH_PROJECT'] ?? ''
  const forced = (environment['FORCE_COLOR'] ?? '') !== '' && environment['FORCE_COLOR'] !== '0'
  const plain =
    (environment['NO_COLOR'] ?? '') !== '' ||
    environment['FORCE_COLOR'] === '0' ||
    environment['TERM'] === 'dumb'
  return {
    project: named === '' ? null : named,
    json: raw.json ?? false,
    sync: raw.sync ?? true,
    input: raw.input ?? true,
    quiet: raw.quiet ?? false,
    color: (raw.color ?? true) && !plain && (forced || terminal),
  }
}
