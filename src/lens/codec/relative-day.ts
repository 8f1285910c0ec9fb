import { addDays } from '../../model/add-days.ts'

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const DAY_WORDS: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 }
const STEP = /^(?:\+|in )(\d{1,4}) ?(d|days?|w|weeks?)$/

/**
 * The day that words spoken on the day `today` mean: `tomorrow`, `friday` (the next one, never
 * today), `+3d`, `in 2 weeks`; null for other words. Both days are `YYYY-MM-DD`.
 */
export function relativeDay(words: string, today: string): string | null {
  const text = words.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  const days = distance(text, today)
  return days === null ? null : addDays(today, days)
}

function distance(text: string, today: string): number | null {
  if (Object.hasOwn(DAY_WORDS, text)) return DAY_WORDS[text] ?? null
  const step = STEP.exec(text)
  if (step !== null) return Number(step[1]) * (step[2]?.startsWith('w') === true ? 7 : 1)
  const name = text.replace(/^next /, '')
  const weekday = name.length < 3 ? -1 : WEEKDAYS.findIndex((day) => day.startsWith(name))
  if (weekday < 0) return null
  const now = new Date(`${today}T00:00:00Z`).getUTCDay()
  return ((weekday - now + 6) % 7) + 1
}
