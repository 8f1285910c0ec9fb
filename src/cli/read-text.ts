import { DiptychError } from '../model/error.ts'
import type { CommandContext } from './context.ts'

/** What stands for the input in the place of a text. */
export const FROM_INPUT = '-'

/**
 * A text that was given as an argument, or all of the input where that is `-`: UTF-8 without a mark,
 * LF line ends, no blank lines at the end. Throws `invalid-value` for other bytes, `usage` where
 * nobody may be asked.
 */
export async function readText(context: CommandContext, given: string): Promise<string> {
  if (given !== FROM_INPUT) return withoutReturns(given)
  const { stdin } = context.io
  if (stdin.isTTY) {
    if (!context.globals.input) throw nobodyToAsk()
    context.note('write the text; Ctrl+D on a line of its own ends it')
  }
  const text = decoded(await stdin.read())
  return withoutReturns(text).trimEnd()
}

function withoutReturns(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new DiptychError(
      'invalid-value',
      {
        what: 'the input cannot be read as text',
        why: 'it is not UTF-8',
        hint: 'convert it first, for example: iconv -f latin1 -t utf-8',
      },
      error,
    )
  }
}

function nobodyToAsk(): DiptychError {
  return new DiptychError('usage', {
    what: 'there is no text on the input',
    why: 'the input is a terminal, and --no-input forbids asking',
    hint: 'give the text as an argument, or pipe it in',
  })
}
