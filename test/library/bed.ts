import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import {
  createWorkspace,
  isDiptychError,
  type ErrorCode,
  type Workspace,
  type WorkspaceOptions,
} from '../../src/library/main.ts'

/** A temporary directory that is removed after the test. */
export function temporary(t: TestContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'diptych-library-')))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** A workspace on a new project, with the engine off unless told otherwise, closed after the test. */
export async function workspace(
  t: TestContext,
  options: Omit<WorkspaceOptions, 'create'> = {},
): Promise<Workspace> {
  const directory = temporary(t)
  const ws = await createWorkspace(directory, { sync: false, ...options })
  t.after(() => ws.close())
  return ws
}

/** Tells an error of one code from everything else, for `assert.rejects`. */
export function coded(code: ErrorCode): (error: unknown) => boolean {
  return (error) => isDiptychError(error, code)
}

/** Text of a file, by its path from the project's directory. */
export function textOf(ws: Workspace, path: string | null): string {
  return readFileSync(join(ws.directory, path ?? ''), 'utf8')
}

/** Saves a file as a person does, by its path from the project's directory. */
export function save(ws: Workspace, path: string | null, text: string): void {
  writeFileSync(join(ws.directory, path ?? ''), text)
}

/** Everything that an iteration gives. */
export async function gathered<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}
