import { appendToNote } from '../../tasks/append-note.ts'
import { chooseReference } from '../choose-reference.ts'
import type { Command } from '../context.ts'
import { readText } from '../read-text.ts'
import { changeProject } from '../with-project.ts'
import { changeAnswer } from './entity-answer.ts'

/** Arguments of `note append`; the text `-` stands for the input. */
export interface NoteAppendInput {
  readonly reference: string
  readonly text: string
}

/** `note append`: puts text at the end of a note. */
export const appendSome: Command<NoteAppendInput> = async (context, given) => {
  const { reference } = given
  const text = await readText(context, given.text)
  return changeProject(
    context,
    async (project) => {
      const choice = { kinds: ['note'], command: 'note append' } as const
      const chosen = await chooseReference(context, project, reference, choice)
      return appendToNote(project, { reference: chosen, text })
    },
    (project, view) =>
      changeAnswer(context, project, view, { done: 'appended to', fields: ['body'] }),
  )
}
