import { decodeText } from '../../engine/text-bytes.ts'
import { counted } from '../../model/counted.ts'
import type { DocumentPath } from '../../model/document.ts'
import type { EntityId } from '../../model/id.ts'
import { claimedId } from '../../plan/claimed-id.ts'
import type { Refusal } from '../../ports/folder.ts'
import type { Project } from '../project.ts'
import { lostFiles } from '../return-to-folder.ts'
import { type Finding, FIX, ok, problem, warning } from './finding.ts'

/** Names that are shown of many. */
const SHOWN = 3

const FILES_AT_A_TIME = 500

/** Checks what stands in both panels of an open project and between them. Changes nothing. */
export async function checkPanels(project: Project): Promise<readonly Finding[]> {
  const belongs = await checkBase(project)
  const findings = [
    ok('templates', 'all templates can be read'),
    ...belongs,
    ...(await checkLeftovers(project)),
    ...(await checkFiles(project)),
    ...(await checkWaiting(project)),
  ]
  // A dry run lets go of a base that belongs to another database, so it would change something.
  const compared = belongs.every(({ state }) => state === 'ok')
  return [...findings, ...(compared ? await checkEqual(project) : []), await figures(project)]
}

async function checkBase({ store, base }: Project): Promise<readonly Finding[]> {
  const check = 'epoch'
  const { database, operation } = await base.marks()
  const known = database === null || database === (await store.epoch()).database
  const had = operation === null || (await store.hasOperation(operation))
  if (known && had) return [ok(check, 'the database is the one that this folder last worked with')]
  const what = known
    ? 'the database is older than what this folder last worked with'
    : 'the database is another one than this folder last worked with'
  const why = 'the next sync compares all files anew: equal ones agree, others become conflicts'
  return [warning(check, what, why, 'diptych sync', { kind: 'synchronize' })]
}

async function checkLeftovers({ base, folder }: Project): Promise<readonly Finding[]> {
  const check = 'leftovers'
  const intents = await base.intents()
  const asides = (await base.asides()).map(({ intent }) => intent)
  const strays = await folder.strays([...intents, ...asides])
  if (intents.length + strays.length === 0) return [ok(check, 'no work was left unfinished')]
  const parts = [
    ...(intents.length > 0
      ? [`${counted(intents.length, 'replacement')} of files not finished`]
      : []),
    ...(strays.length > 0
      ? [`${counted(strays.length, 'file belongs', 'files belong')} to nothing under .local`]
      : []),
  ]
  const why = 'an earlier command was interrupted; the next one finishes it and keeps all bytes'
  return [warning(check, parts.join(', '), why, FIX, { kind: 'synchronize' })]
}

async function checkFiles(project: Project): Promise<readonly Finding[]> {
  const scan = await project.folder.scan(new Map())
  if (!scan.complete) {
    const what = `part of the folder cannot be listed: ${namesOf(scan.refused)}`
    const why = 'what stands there is not read; nothing is taken for deleted'
    return [problem('documents', what, why, 'make the folder readable')]
  }
  return [
    ...(await checkIds(project, scan.changed)),
    scan.refused.length === 0
      ? ok('documents', `${counted(scan.total, 'file')} can be documents`)
      : warning(
          'documents',
          `${counted(scan.refused.length, 'file')} cannot be documents: ${namesOf(scan.refused)}`,
          'nothing of them is read',
          'diptych check says why, file by file',
        ),
  ]
}

function namesOf(refused: readonly Refusal[]): string {
  return some(refused.map(({ path }) => path))
}

function some(names: readonly string[]): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''
  return names.slice(0, SHOWN).join(', ') + more
}

async function checkIds(
  { folder, base }: Project,
  paths: readonly DocumentPath[],
): Promise<readonly Finding[]> {
  const check = 'ids'
  const owners = new Map<EntityId, DocumentPath[]>()
  for (let start = 0; start < paths.length; start += FILES_AT_A_TIME) {
    const files = await folder.read(paths.slice(start, start + FILES_AT_A_TIME))
    for (const [path, outcome] of files) {
      const text = outcome.kind === 'read' ? decodeText(outcome.bytes) : null
      const id = text === null ? null : claimedId(text)
      if (id === null) continue
      const known = owners.get(id)
      if (known === undefined) owners.set(id, [path])
      else known.push(path)
    }
  }
  const twice = [...owners].filter(([, places]) => places.length > 1)
  if (twice.length === 0) return [ok(check, `${owners.size} ids, each in one file`)]
  const known = new Map((await base.agreedIndex()).map(({ key, path }) => [key as string, path]))
  const named = twice.map(([id, places]) => {
    const others = places.filter((path) => path !== known.get(id))
    return `${id} also in ${some(others)}`
  })
  const why = 'an id is one task; the copies are given ids of their own by the next sync'
  return [warning(check, `an id stands in several files: ${some(named)}`, why, 'diptych sync')]
}

async function checkWaiting({ base, store, engine }: Project): Promise<readonly Finding[]> {
  const waiting = (await base.waiting()).filter(({ diagnostics, offBoard }) => {
    return offBoard.length > 0 || diagnostics.some(({ severity }) => severity !== 'note')
  })
  const conflicts = await store.conflicts()
  const { paused } = await engine.health()
  return [
    waiting.length === 0
      ? ok('waiting', 'no document waits for you')
      : warning(
          'waiting',
          `${counted(waiting.length, 'document waits', 'documents wait')} for you: ${some(waiting.map(({ path }) => path))}`,
          'what waits is in the file alone',
          'diptych status',
        ),
    conflicts.length === 0
      ? ok('conflicts', 'no conflicts are open')
      : warning(
          'conflicts',
          `${counted(conflicts.length, 'conflict is', 'conflicts are')} open`,
          'each side keeps its own value until one is chosen',
          'diptych conflicts',
        ),
    paused === null
      ? ok('git', 'git is not in the middle of anything')
      : warning('git', paused, 'both directions wait until it is done', 'finish or abort it'),
  ]
}

/** Whether a synchronization would find nothing to do, and every document that was written is there. */
async function checkEqual(project: Project): Promise<readonly Finding[]> {
  const check = 'panels'
  const lost = await lostFiles(project)
  const gone = await goneGenerated(project)
  const report = await project.engine.sync({ dryRun: true })
  const { created, ingested, projected, merged, trashed, moved, conflicts } = report
  const due = created + ingested + projected + merged + trashed + moved + conflicts
  const findings: Finding[] = []
  if (lost.length > 0) {
    const what = `${counted(lost.length, 'entity has', 'entities have')} no file any more: ${some(lost)}`
    const why = 'the next sync takes a few of them for deleted; many at once it asks about'
    findings.push(warning(check, what, why, 'diptych restore --all writes them again'))
  }
  if (gone.length > 0) {
    const what = `generated files are missing: ${some(gone)}`
    findings.push(warning(check, what, 'they can be printed again', FIX, { kind: 'synchronize' }))
  }
  if (due > lost.length) {
    const what = `the panels differ in ${counted(due, 'document')}`
    const why = 'the next command brings them together'
    findings.push(warning(check, what, why, 'diptych sync', { kind: 'synchronize' }))
  }
  return findings.length > 0 ? findings : [ok(check, 'both panels are equal')]
}

async function goneGenerated({ base, folder }: Project): Promise<readonly DocumentPath[]> {
  const entries = await base.agreedIndex()
  const generated = entries.filter(({ key }) => /^(?:board|overview):/.test(key))
  const there = await folder.read(generated.map(({ path }) => path))
  return generated.flatMap(({ path }) => (there.get(path)?.kind === 'absent' ? [path] : []))
}

async function figures({ store, base }: Project): Promise<Finding> {
  const counts = new Map<string, number>()
  for (const { kind, count } of await store.counts(null)) {
    counts.set(kind, (counts.get(kind) ?? 0) + count)
  }
  const parts = [...counts].map(([kind, count]) => counted(count, kind))
  const documents = (await base.agreedIndex()).length
  const trash = (await store.tombstones()).length
  const said = parts.length === 0 ? 'no tasks yet' : parts.join(', ')
  return ok('size', `${said}; ${counted(documents, 'document')}, ${trash} in the trash`)
}
