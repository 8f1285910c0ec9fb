import type { EditKind } from './step.ts'

/**
 * What becomes of a text when a person makes an edit of a kind; `word` gives words that nobody wrote
 * before. An edit that does not fit the text changes something else that does.
 */
export function editText(text: string, board: boolean, edit: EditKind, word: () => string): string {
  return board ? editBoard(text, edit, word) : editDocument(text, edit, word)
}

function editDocument(text: string, edit: EditKind, word: () => string): string {
  switch (edit) {
    case 'prose':
      return text.replace(/^(# .*\n)/m, (title) => `${title}\n${word()}\n`)
    case 'key':
      return text.replace(/^id:/m, () => `mine: ${word()}\nid:`)
    case 'status':
      return text.replace(/^status: .*$/m, 'status: in_progress')
    case 'title':
      return text.replace(/^# .*$/m, () => `# ${word()}`)
    case 'cut':
      return text.slice(0, Math.floor(text.length / 2))
    case 'tick':
      return text.replace('status: pending', 'status: completed')
    default:
      return `${text}\n## Notes\n\n${word()}\n`
  }
}

function editBoard(text: string, edit: EditKind, word: () => string): string {
  const lines = text.split('\n')
  const items = lines.flatMap((line, index) => (/^\s*- \[/.test(line) ? [index] : []))
  const chosen = items[Math.floor(items.length / 2)]
  if (edit === 'line' || chosen === undefined) return `${text.trimEnd()}\n- [ ] ${word()}\n`
  const line = lines[chosen] ?? ''
  switch (edit) {
    case 'heading':
      return text.replace('## No group', () => `## ${word()}\n\n- [ ] ${word()}\n\n## No group`)
    case 'drop':
      return lines.toSpliced(chosen, 1).join('\n')
    case 'up': {
      const rest = lines.toSpliced(chosen, 1)
      return rest.toSpliced(rest.indexOf('## No group') + 1, 0, '', line.trim()).join('\n')
    }
    case 'nest':
      return lines.toSpliced(chosen, 1, `  ${line}`).join('\n')
    case 'title':
      return lines
        .toSpliced(
          chosen,
          1,
          line.replace(/\[([^\]]*)\]\(/, () => `[${word()}](`),
        )
        .join('\n')
    case 'prose':
    case 'note':
      return text.replace('## No group', 'A remark.\n\n## No group')
    default:
      return lines.toSpliced(chosen, 1, line.replace('[ ]', '[x]')).join('\n')
  }
}
