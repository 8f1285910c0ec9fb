import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import MarkdownIt from 'markdown-it'
import { indexNames } from '../../src/lens/name-index.ts'
import { parseDocument } from '../../src/lens/parse.ts'
import { patchDocument } from '../../src/lens/patch.ts'
import type { DocumentBase, LensContext } from '../../src/lens/reading.ts'
import type { CorpusFile } from '../corpus.ts'
import type { Bench, Family } from '../family.ts'
import type { Floor, Sampler } from '../measure.ts'
import { type ProjectFixture, makeProjectFixture } from '../project-fixture.ts'

/** Documents that take turns, so that nothing is remembered of one from its last turn. */
const DOCUMENTS = 1_000

/** Reading one document and changing one place of it, in memory. */
export const documentFamily: Family = { rows: ['parse', 'parse-edit', 'patch'], run }

async function run(bench: Bench): Promise<void> {
  await using fixture = await makeProjectFixture(DOCUMENTS)
  const { corpus, project } = fixture
  const documents = await readDocuments(fixture)
  const { task } = await project.templates()
  const shared = { tasks: null, unit: 'ms', samples: 5_000, warmUps: 2 * DOCUMENTS } as const
  const floors = [linesFloor(takingTurns(corpus.tasks)), treeFloor(takingTurns(corpus.tasks))]
  const parse = (next: () => Document, edit: boolean): Sampler => {
    return () => {
      const { file, base, context } = next()
      const text = edit ? withEstimate(file.text) : file.text
      const start = performance.now()
      const reading = parseDocument(task, text, edit ? base : null, context)
      const time = performance.now() - start
      assert.equal(reading.id, file.id)
      const estimate = reading.fields.get('estimate')
      assert.ok(estimate?.kind === 'value' && estimate.value === (edit ? 7 : 4))
      assert.deepEqual(reading.diagnostics, [])
      return time
    }
  }
  await bench.measure({
    ...shared,
    name: 'parse',
    about: 'parse a new 2 KB document',
    goals: [{ kind: 'median', most: 0.06 }],
    floors,
    sample: parse(takingTurns(documents), false),
  })
  await bench.measure({
    ...shared,
    name: 'parse-edit',
    about: 'parse an edited 2 KB document against its base',
    goals: [],
    floors,
    sample: parse(takingTurns(documents), true),
  })
  const patched = takingTurns(documents)
  await bench.measure({
    ...shared,
    name: 'patch',
    about: 'patch one field of a 2 KB document, verified',
    goals: [{ kind: 'median', most: 0.15 }],
    floors,
    sample: () => {
      const { file, context } = patched()
      const start = performance.now()
      const outcome = patchDocument(task, file.text, new Map([['estimate', 7]]), context)
      const time = performance.now() - start
      assert.ok(outcome.kind === 'patched')
      assert.equal(outcome.text, withEstimate(file.text))
      return time
    },
  })
}

/** A document with what reading it takes. */
interface Document {
  readonly file: CorpusFile
  readonly base: DocumentBase
  readonly context: LensContext
}

async function readDocuments({ corpus, project }: ProjectFixture): Promise<readonly Document[]> {
  const { catalogue, config, store } = project
  const index = indexNames(await store.names())
  const entities = await store.entities(corpus.tasks.map(({ id }) => id))
  const fieldsOf = new Map(entities.map(({ id, fields }) => [id, fields]))
  return corpus.tasks.map((file) => {
    const { path, text, id } = file
    const references = index.from(path)
    const fields = fieldsOf.get(id)
    assert.ok(fields !== undefined)
    const context = { catalogue, references, path, hoursPerDay: config.hoursPerDay }
    return { file, base: { text, fields }, context }
  })
}

function withEstimate(text: string): string {
  return text.replace('estimate: 4h', 'estimate: 7h')
}

function linesFloor(next: () => CorpusFile): Floor {
  return {
    name: 'find all lines',
    sample: () => {
      const { text } = next()
      let lines = 0
      const start = performance.now()
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
      const time = performance.now() - start
      assert.ok(lines > 20)
      return time
    },
  }
}

function treeFloor(next: () => CorpusFile): Floor {
  const markdown = new MarkdownIt('commonmark')
  return {
    name: 'full tree by markdown-it',
    sample: () => {
      const { text } = next()
      const start = performance.now()
      const tokens = markdown.parse(text, {})
      const time = performance.now() - start
      assert.ok(tokens.length > 20)
      return time
    },
  }
}

function takingTurns<T>(values: readonly T[]): () => T {
  let turn = 0
  return () => {
    const value = values[turn++ % values.length]
    assert.ok(value !== undefined)
    return value
  }
}
