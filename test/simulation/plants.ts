import { constants } from 'node:fs'
import { fileStat } from '../../src/folder/file-stat.ts'
import type { DocumentPath } from '../../src/model/document.ts'
import type { Swap, SwapOutcome } from '../../src/ports/folder.ts'
import type { Ports } from './engine-process.ts'
import { ROOT } from './people.ts'
import type { Plant } from './simulate.ts'
import { withMethods } from './with-methods.ts'
import type { VirtualDisk } from './virtual-disk.ts'

const { O_WRONLY, O_CREAT, O_TRUNC } = constants

/** Faults of the kind that the simulator exists to find. */
export const PLANTS: Readonly<Record<string, Plant>> = {
  'rename-over': (ports, disk) => ({ ...ports, folder: renamingOver(ports.folder, disk) }),
  'early-base': (ports) => ({ ...ports, base: agreeingEarly(ports.base) }),
  'blind-deletion': (ports) => ({ ...ports, folder: deletingBlindly(ports.folder) }),
}

/** Replaces files by renaming over them, as most programs do: a save in that instant is gone. */
function renamingOver(folder: Ports['folder'], disk: VirtualDisk): Ports['folder'] {
  const replace = ({ intent, contents }: Swap): SwapOutcome => {
    const path = `${ROOT}/${intent.path}`
    if (disk.at(path) === null) return { kind: 'absent' }
    const temp = `${ROOT}/.local/pending/${intent.temp}`
    const descriptor = disk.open(temp, O_WRONLY | O_CREAT | O_TRUNC)
    disk.write(descriptor, contents ?? new Uint8Array())
    disk.syncNow(descriptor)
    const stat = fileStat(disk.fstat(descriptor))
    disk.close(descriptor)
    disk.rename(temp, path)
    const observed = Number(disk.now / 1_000_000n)
    return { kind: 'done', stat, observed, displaced: null }
  }
  return {
    ...folder,
    carryOut: async (swaps) => {
      const outcomes: SwapOutcome[] = []
      for (const swap of swaps) {
        if (swap.intent.kind === 'replace') outcomes.push(replace(swap))
        else outcomes.push(...(await folder.carryOut([swap])))
      }
      return outcomes
    },
  }
}

/** Takes as agreed what is only about to be committed. */
function agreeingEarly(base: Ports['base']): Ports['base'] {
  return withMethods(base, {
    intend: async (intents) => {
      await base.intend(intents)
      for (const { document, next } of intents) {
        const [agreed] = await base.agreed([document])
        const bytes = next === null ? null : await base.kept(next)
        if (agreed === undefined || bytes === null || next === null) continue
        const text = new TextDecoder().decode(bytes)
        if (text.includes('\0')) continue
        await base.record({ agreed: [{ ...agreed, hash: next, text }] })
      }
    },
  })
}

/** Takes what could not be listed for gone. */
function deletingBlindly(folder: Ports['folder']): Ports['folder'] {
  return {
    ...folder,
    scan: async (seen) => {
      const scan = await folder.scan(seen)
      if (scan.complete) return scan
      const hidden = scan.refused.map(({ path }) => path)
      const gone = [...seen.keys()].filter((path) =>
        hidden.some((place) => path === place || path.startsWith(`${place}/`)),
      )
      const vanished: readonly DocumentPath[] = [...new Set([...scan.vanished, ...gone])]
      return { ...scan, complete: true, refused: [], vanished }
    },
  }
}
