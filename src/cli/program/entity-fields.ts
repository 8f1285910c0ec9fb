import type { Command as Parser } from 'commander'
import { gather } from './define.ts'

const PRIORITY = 'urgent, high, medium, low, someday, or P0 to P4'
const DESCRIPTION = 'what it is about, in Markdown'
const OTHERS = 'any other field, custom ones too (repeatable)'

/** Adds to a command the options that give a task's fields, the same for a new one and for a change. */
export function nameTaskFields(parser: Parser): Parser {
  const session = isNew(parser) ? ' (default: the current one)' : ''
  const status = isNew(parser) ? ' (default: pending)' : ''
  return parser
    .option('-g, --group <group>', 'group that it belongs to; none: no group')
    .option('--session <session>', `session that holds it${session}`)
    .option('--parent <task>', 'task that it is a part of; none: of no task')
    .option('-p, --priority <priority>', PRIORITY)
    .option('--estimate <effort>', 'expected effort, such as 4h, 90m, 2d')
    .option('-d, --description <text>', DESCRIPTION)
    .option('-l, --label <label>', 'label (repeatable)', gather)
    .option('--depends-on <task>', 'task that must be completed first (repeatable)', gather)
    .option('-a, --assignee <name>', 'who does it')
    .option('--specialist <role>', 'specialist role that does it')
    .option('--type <type>', 'sort of work, such as implementation or research')
    .option('--due <day>', 'day it is due: 2026-12-24, tomorrow, friday, +3d; none: no day')
    .option('--status <status>', `state of the work${status}`)
    .option('--set <field=value>', OTHERS, gather)
}

/** Adds to a command the options that give a group's fields. */
export function nameGroupFields(parser: Parser): Parser {
  const session = isNew(parser) ? ' (default: the current one)' : ''
  return parser
    .option('--session <session>', `session that holds it${session}`)
    .option('--parent <group>', 'group that contains it; none: no group')
    .option('-p, --priority <priority>', PRIORITY)
    .option('-d, --description <text>', DESCRIPTION)
    .option('--specialist <role>', 'specialist role that works on it (repeatable)', gather)
    .option('--status <status>', 'state of the group')
    .option('--set <field=value>', OTHERS, gather)
}

/** Adds to a command the options that give a session's fields. */
export function nameSessionFields(parser: Parser): Parser {
  const status = isNew(parser) ? ' (default: planned)' : ''
  return parser
    .option('-d, --description <text>', DESCRIPTION)
    .option('--type <type>', 'sort of session, in your own words')
    .option('--mode <role>', 'role file that its agents follow')
    .option('-p, --priority <priority>', PRIORITY)
    .option('--status <status>', `state of the session${status}`)
    .option('--set <field=value>', OTHERS, gather)
}

function isNew(parser: Parser): boolean {
  return parser.name() !== 'edit'
}
