import type { FileSystemCalls } from './file-system-calls.ts'
import { OPEN, systemCode } from './file-system-calls.ts'

/** Descriptors that wait for the disk at the same time: the threads that Node has for it. */
const AT_ONCE = 4

/** How systems that cannot sync a folder say so; some folders are gone by then. */
const NOT_FOR_FOLDERS: ReadonlySet<string> = new Set([
  'EINVAL',
  'EISDIR',
  'EPERM',
  'EACCES',
  'EBADF',
  'ENOTSUP',
  'ENOENT',
])

/**
 * Makes what was written to each open file durable, and closes it. Answers the code of every error
 * by its descriptor; after one the file's bytes on disk are unknown, and another try would lie.
 */
export async function syncDescriptors(
  calls: FileSystemCalls,
  descriptors: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const failed = new Map<number, string>()
  const queue = descriptors.values()
  const worker = async (): Promise<void> => {
    for (const descriptor of queue) {
      try {
        await calls.sync(descriptor)
      } catch (error) {
        failed.set(descriptor, systemCode(error))
      } finally {
        calls.close(descriptor)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, descriptors.length) }, worker))
  return failed
}

/** Makes the entries of folders durable, where the system can. Answers the code of every error by folder. */
export async function syncFolders(
  calls: FileSystemCalls,
  folders: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const failed = new Map<string, string>()
  const opened = new Map<number, string>()
  const note = (folder: string, code: string): void => {
    if (!NOT_FOR_FOLDERS.has(code)) failed.set(folder, code)
  }
  for (const folder of folders) {
    try {
      opened.set(calls.open(folder, OPEN.FOLDER), folder)
    } catch (error) {
      note(folder, systemCode(error))
    }
  }
  for (const [descriptor, code] of await syncDescriptors(calls, [...opened.keys()])) {
    note(opened.get(descriptor) ?? '', code)
  }
  return failed
}
