import type { Config } from './config.ts'

/** A key of `config.yaml`. */
export interface Setting {
  readonly key: string
  readonly valid: readonly string[]
  /** The part of a configuration that `value` gives, or null where it is not acceptable. */
  readonly read: (value: unknown) => Partial<Config> | null
}

function choice<Name extends 'layout' | 'lists'>(
  name: Name,
  valid: readonly Config[Name][],
): Setting {
  const read = (value: unknown): Partial<Config> | null => {
    const known = valid.find((word) => word === value)
    return known === undefined ? null : { [name]: known }
  }
  return { key: name, valid, read }
}

/** Every key that `config.yaml` may have. */
export const SETTINGS: readonly Setting[] = [
  choice('layout', ['flat', 'by-status']),
  choice('lists', ['tracked', 'local']),
  {
    key: 'hours_per_day',
    valid: ['a number above 0, at most 24'],
    read: (value) =>
      typeof value === 'number' && value > 0 && value <= 24 ? { hoursPerDay: value } : null,
  },
  {
    key: 'overview_graph',
    valid: ['true', 'false'],
    read: (value) => (typeof value === 'boolean' ? { overviewGraph: value } : null),
  },
]
