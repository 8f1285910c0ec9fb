const DAY_MS = 86_400_000

/** The day that comes `count` days after `day`, or before it where `count` is negative; both are `YYYY-MM-DD`. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)
}
