import { compileTemplate } from '../../src/lens/compile-template.ts'
import { indexNames } from '../../src/lens/name-index.ts'
import type { LensContext } from '../../src/lens/reading.ts'
import type { EntityTemplate } from '../../src/lens/template.ts'
import { STANDARD_CATALOGUE } from '../../src/model/catalogue.ts'
import type { DocumentPath } from '../../src/model/document.ts'
import type { EntityName } from '../../src/model/entity.ts'
import { type EntityId, type EntityKind, kindOf } from '../../src/model/id.ts'
import { readDefaultTemplates } from '../../src/templates/read-default-templates.ts'

const sources = readDefaultTemplates()

/** Compiles the source of an authored document's template; throws where it is refused. */
export function compileEntity(source: string, kind: EntityKind): EntityTemplate {
  const compiled = compileTemplate(source, kind, STANDARD_CATALOGUE)
  if (compiled.kind === 'refused') throw new Error(JSON.stringify(compiled.problems))
  const { template } = compiled
  if (template.kind === 'board' || template.kind === 'overview') throw new Error(template.kind)
  return template
}

/** The default template of a kind. */
export function defaultTemplate(kind: EntityKind): EntityTemplate {
  return compileEntity(sources[kind], kind)
}

function name(id: string, title: string, path: string): EntityName {
  const kind = kindOf(id as EntityId)
  return {
    id: id as EntityId,
    kind,
    title,
    status: 'pending',
    archived: false,
    position: null,
    ordinal: 0,
    session: 's-11111111' as EntityId,
    group: null,
    parent: null,
    path: `sessions/main/${path}`,
    formerPaths: [],
    live: true,
  }
}

/** Names of a small project. */
export const NAMES: readonly EntityName[] = [
  name('s-11111111', 'Main', 'session.md'),
  name('g-4m8xqpzz', 'Backend', 'groups/backend.md'),
  name('g-5m8xqpzz', 'Front end', 'groups/front-end.md'),
  name('t-3fq8wdra', 'Rotate session keys', 'tasks/t-3fq8wdra-rotate-session-keys.md'),
  name('t-9hd4vkaa', 'Carry next', 'tasks/t-9hd4vkaa-carry-next.md'),
  name('t-7k2m9xqd', 'Fix login', 'tasks/t-7k2m9xqd-fix-login.md'),
]

/** What a lens sees of that project from a task's file. */
export const CONTEXT: LensContext = {
  catalogue: STANDARD_CATALOGUE,
  references: indexNames(NAMES).from('sessions/main/tasks/t-7k2m9xqd-fix-login.md' as DocumentPath),
  path: 'sessions/main/tasks/t-7k2m9xqd-fix-login.md' as DocumentPath,
  hoursPerDay: 8,
}

/** Id of the task whose documents the tests read. */
export const TASK_ID = 't-7k2m9xqd' as EntityId
