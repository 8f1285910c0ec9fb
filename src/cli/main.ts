import { readFileSync } from 'node:fs'
import { runCli } from './run.ts'
import { NARROWEST, type CliInput, type CliStream } from './io.ts'
import type { OpenProject } from '../tasks/project.ts'
import { DiptychError } from '../model/error.ts'
import { presentError } from './present/error.ts'
import { paintFor } from './present/paint.ts'
import { systemError } from './system-error.ts'
import { untilStopped } from './until-stopped.ts'

/** A stream of the process. Its reader going away (EPIPE) is no error: the rest is written to no one. */
function streamOf(stream: NodeJS.WriteStream): CliStream {
  let gone = false
  stream.on('error', (error: NodeJS.ErrnoException) => {
    gone = true
    if (error.code !== 'EPIPE') failToAnswer(error)
  })
  return {
    isTTY: stream.isTTY,
    columns:
      stream.isTTY && stream.columns >= NARROWEST ? stream.columns : Number.POSITIVE_INFINITY,
    write: (text) =>
      new Promise((resolve) => {
        if (gone || text === '') resolve()
        else stream.write(text, () => resolve())
      }),
  }
}

/** Says on stderr, if that can be, why the answer did not arrive, and ends. */
function failToAnswer(error: NodeJS.ErrnoException): never {
  const { why, hint } = systemError(error)?.details ?? { why: error.message, hint: undefined }
  const details = {
    what: 'the answer could not be written',
    ...(why === undefined ? {} : { why }),
    hint: `${hint ?? 'write it elsewhere'}; what the command was to change is done`,
  }
  const text = presentError(new DiptychError('folder-unavailable', details), paintFor(false))
  if (error !== process.stderr.errored) process.stderr.write(text)
  process.exit(1)
}

function inputOf(stream: NodeJS.ReadStream): CliInput {
  return {
    isTTY: stream.isTTY,
    async read() {
      const chunks: Uint8Array[] = []
      for await (const chunk of stream) chunks.push(chunk as Uint8Array)
      return Buffer.concat(chunks)
    },
  }
}

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}

const openProject: OpenProject = async (options) =>
  (await import('../main.ts')).openProject(options)

process.exit(
  await runCli(process.argv.slice(2), {
    stdout: streamOf(process.stdout),
    stderr: streamOf(process.stderr),
    stdin: inputOf(process.stdin),
    environment: process.env,
    workingDirectory: process.cwd(),
    version: packageVersion(),
    openProject,
    untilStopped,
  }),
)
