import { DiptychError } from '../../model/error.ts'
import { addNote } from '../../tasks/add-note.ts'
import type { Command } from '../context.ts'
import { FROM_INPUT, readText } from '../read-text.ts'
import { changeProject } from '../with-project.ts'
import { changeAnswer } from './entity-answer.ts'

/** Arguments of `note add`. `input`: a second argument, which can only be `-`. */
export interface NoteAddInput {
  readonly title: string
  readonly input?: string
  readonly text?: string
  readonly append?: boolean
  readonly session?: string
}

/** `note add`: makes a note, or lets the one of this title grow. */
export const addOneNote: Command<NoteAddInput> = async (context, given) => {
  const { title, append = false, session = null } = given
  const source = textSource(given)
  if (append && source === null) throw nothingToAppend(title)
  const text = source === null ? null : await readText(context, source)
  return changeProject(
    context,
    (project) => addNote(project, { title, text, append, session }),
    (project, note) => {
      const { made } = note
      const done = made ? 'added' : 'appended to'
      return changeAnswer(context, project, note, { done, made, fields: ['body'], also: { made } })
    },
  )
}

function textSource({ title, input, text }: NoteAddInput): string | null {
  if (input === undefined) return text ?? null
  if (input === FROM_INPUT && text === undefined) return input
  throw new DiptychError('usage', {
    what:
      input === FROM_INPUT ? 'the text is given twice' : `\`${input}\` is one argument too many`,
    why: 'a note takes its title as one argument, and its text with --text or from the input with -',
    hint: `diptych note add '${title}${input === FROM_INPUT ? '' : ` ${input}`}'`,
  })
}

function nothingToAppend(title: string): DiptychError {
  return new DiptychError('usage', {
    what: '--append needs a text',
    hint: `diptych note add '${title}' --append --text 'Some text'`,
  })
}
