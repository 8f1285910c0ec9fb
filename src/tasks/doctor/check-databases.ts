import { basename } from 'node:path'
import { LOCAL_FOLDER } from '../../model/config.ts'
import type { DatabaseCondition, DatabaseFiles, DatabaseName } from '../../ports/database-files.ts'
import { type Finding, FIX, ok, problem, warning } from './finding.ts'

/** What nothing but the database knows, and so no rebuild from the folder brings back. */
export const LOST_BY_REBUILD: Readonly<Record<DatabaseName, string>> = {
  main:
    'history and undo, the trash, the days on which work was started and values last changed, the ' +
    'current session, open conflicts, and entities whose files were gone',
  replica:
    'the versions that people had saved before, and on what both sides had agreed; what differs ' +
    'between them is then asked about instead of merged',
}

/** Checks both databases as files. Whether a project can be opened at all follows from this. */
export function checkDatabases(files: DatabaseFiles): readonly Finding[] {
  return (['main', 'replica'] as const).map((name) => checkDatabase(files, name))
}

/** Whether the databases are such that the project can be opened and looked at from inside. */
export function canBeOpened(files: DatabaseFiles): boolean {
  const kinds = (['main', 'replica'] as const).map((name) => files.inspect(name).kind)
  return kinds.every((kind) => kind === 'sound' || kind === 'index')
}

function checkDatabase(files: DatabaseFiles, name: DatabaseName): Finding {
  const file = `${LOCAL_FOLDER}/${basename(files.path(name))}`
  const check = name === 'main' ? 'database' : 'base-store'
  return describe(file, check, name, files.inspect(name))
}

function describe(
  file: string,
  check: string,
  database: DatabaseName,
  condition: DatabaseCondition,
): Finding {
  switch (condition.kind) {
    case 'sound':
      return ok(check, `${file} is sound (schema ${condition.version}, ${size(condition.bytes)})`)
    case 'absent': {
      const why = 'the next command makes it, and fills it from the folder'
      return warning(check, `there is no ${file} yet`, why, FIX, { kind: 'synchronize' })
    }
    case 'index': {
      const what = `the full-text index in ${file} is out of step (${condition.entries} entries)`
      const why = 'a search may miss something'
      return problem(check, what, why, FIX, { kind: 'rebuild-search' })
    }
    case 'damaged': {
      const what = `${file} is damaged: ${condition.found.slice(0, 3).join('; ')}`
      return problem(check, what, whyRebuild(database), FIX, { kind: 'set-aside', database })
    }
    case 'loose-log': {
      const what = `${file} is gone, but its log ${file}-wal is still there`
      const remedy = `put ${file} back, or ${FIX}`
      return problem(check, what, whyRebuild(database), remedy, { kind: 'set-aside', database })
    }
    case 'foreign': {
      const what = `${file} belongs to another program`
      return problem(check, what, 'no command can use it', `move ${file} away`)
    }
    case 'newer': {
      const what = `${file} was written by a newer version of Diptych (schema ${condition.version})`
      return problem(check, what, 'this version could damage it', 'update Diptych')
    }
    case 'busy': {
      const why = 'no command can change anything meanwhile'
      const remedy = 'wait for the other program to finish, or stop it'
      return problem(check, `another program keeps ${file} locked`, why, remedy)
    }
    case 'unreadable': {
      const what = `${file} cannot be read: ${condition.why}`
      return problem(check, what, 'no command can use it', `make ${file} and its folder writable`)
    }
  }
}

function whyRebuild(database: DatabaseName): string {
  return `it can be built again from the folder, but for: ${LOST_BY_REBUILD[database]}`
}

function size(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.ceil(bytes / 1024)} kB`
    : `${Math.round(bytes / 1024 / 1024)} MB`
}
