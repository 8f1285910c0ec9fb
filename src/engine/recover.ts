import type { DocumentPath } from '../model/document.ts'
import type { Intent } from '../ports/base-store.ts'
import type { SwapOutcome } from '../ports/folder.ts'
import type { Run } from './run.ts'
import { knownAside } from './asides.ts'
import { keepForPerson } from './rescue.ts'

/**
 * Finishes or undoes what an earlier run left open, and keeps the bytes of files under the local
 * folder that no intent owns. Runs before anything is observed. Afterwards each document is old or
 * new, and the next observation reads it like any other.
 */
export async function recoverIntents(run: Run): Promise<void> {
  const { base, folder, clock } = run.parts
  const open = await base.intents()
  const settled: string[] = []
  for (const intent of open) {
    const contents = intent.next === null ? null : await base.kept(intent.next)
    const recovered = await folder.recover(intent, contents)
    const outcome = await rollForward(run, intent, contents, recovered)
    if (outcome.kind === 'failed') continue
    const displaced = 'displaced' in outcome ? outcome.displaced : null
    if (displaced !== null) await keepForPerson(run, displaced, intent.document, intent.path)
    const known = knownAside(intent, outcome)
    if (known !== null) {
      await base.setAside([{ intent, known, since: clock.now() }])
      continue
    }
    settled.push(intent.id)
  }
  if (settled.length > 0) await base.settle(settled)
  const owned = [...(await base.intents()), ...(await base.asides()).map(({ intent }) => intent)]
  await sweepStrays(run, owned)
}

/**
 * Carries out an intent that had not begun although its transaction was committed, as the receipt
 * proves: what the database says of the file then becomes so. Any other is left as it was recovered.
 */
async function rollForward(
  { parts: { store, folder } }: Run,
  intent: Intent,
  contents: Uint8Array | null,
  recovered: SwapOutcome,
): Promise<SwapOutcome> {
  const idle = recovered.kind === 'changed' || recovered.kind === 'absent'
  if (!idle || intent.next === null || contents === null) return recovered
  const receipts = await store.receipts([intent.document])
  if (!receipts.some(({ hash }) => hash === intent.next)) return recovered
  const [outcome = recovered] = await folder.carryOut([{ intent, contents }])
  return outcome
}

async function sweepStrays(run: Run, known: readonly Intent[]): Promise<void> {
  const { base, folder, clock } = run.parts
  for (const name of await folder.strays(known)) {
    const bytes = await folder.readStray(name)
    if (bytes === null) continue
    const path = name as DocumentPath
    const hash = folder.hash(bytes)
    await base.keep([{ hash, bytes, by: 'person', document: null, path, time: clock.now() }])
    await folder.dropStray(name)
  }
}
