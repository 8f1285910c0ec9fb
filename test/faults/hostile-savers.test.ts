import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import type { Folder, SwapOutcome } from '../../src/ports/folder.ts'
import { swap, TASK, TempProject } from './temp-project.ts'

const SAVES = Number(process.env['DIPTYCH_RUNS'] ?? 300)

/** Milliseconds that one save may take at the most, before the saver counts as stuck. */
const LONGEST = 200

/** Starts a saver; its process is gone when `work` is. */
async function withSaver<T>(
  style: string,
  project: TempProject,
  work: (saver: ChildProcess) => Promise<T>,
): Promise<T> {
  const script = join(import.meta.dirname, 'saver.ts')
  const saver = spawn(process.execPath, [script, style, project.at(TASK), String(SAVES)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 10_000 + SAVES * LONGEST,
  })
  const gone = once(saver, 'exit')
  try {
    return await work(saver)
  } finally {
    if (saver.exitCode === null) saver.kill('SIGKILL')
    await gone
  }
}

function readNow(project: TempProject): string | null {
  try {
    return readFileSync(project.at(TASK), 'utf8')
  } catch {
    return null
  }
}

/** One swap of the file as it stands: a creation, now and then a removal, else a replacement. */
async function swapNow(folder: Folder, text: string | null, round: number): Promise<SwapOutcome> {
  const next = `revision ${round}\n`
  if (text === null) return await swap(folder, { kind: 'create', new: next })
  if (round % 7 === 0) return await swap(folder, { kind: 'remove', old: text })
  return await swap(folder, { kind: 'replace', old: text, new: next })
}

async function findTokens(style: string, t: TestContext): Promise<ReadonlySet<number>> {
  using project = new TempProject()
  const folder = project.open()
  const found = new Set<number>()
  const outcomes = new Map<string, number>()
  const note = (text: string): void => {
    for (const [, index] of text.matchAll(/token (\d+);/g)) found.add(Number(index))
  }
  const count = (what: string): void => void outcomes.set(what, (outcomes.get(what) ?? 0) + 1)
  const exitCode = await withSaver(style, project, async (saver) => {
    for (let round = 1; saver.exitCode === null && saver.signalCode === null; round++) {
      const text = readNow(project)
      note(text ?? '')
      const outcome = await swapNow(folder, text, round)
      count(outcome.kind)
      if ('displaced' in outcome && outcome.displaced !== null) {
        count('displaced')
        note(Buffer.from(outcome.displaced.bytes).toString())
      }
    }
    return saver.exitCode
  })
  assert.equal(exitCode, 0, 'the saver came to its end')
  note(readNow(project) ?? '')
  project.pendingTexts().forEach(note)
  t.diagnostic(`${style}: ${SAVES} saves; ${JSON.stringify(Object.fromEntries(outcomes))}`)
  assert.equal(outcomes.get('failed'), undefined)
  return found
}

for (const style of ['atomic', 'truncate', 'append', 'in-place']) {
  test(`H33 H34 H35 no save of a hostile editor is lost (${style})`, async (t) => {
    const found = await findTokens(style, t)
    const lost = Array.from({ length: SAVES }, (_, index) => index).filter((it) => !found.has(it))
    assert.deepEqual(lost, [])
  })
}
