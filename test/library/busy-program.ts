import { isDiptychError, openWorkspace } from '../../src/library/main.ts'

/**
 * A program that works on the project in its first argument for so many turns as its second says: it
 * reads a document and saves it with one line more, and again where someone was quicker.
 */
const [, , directory = '', turns = ''] = process.argv
const ws = await openWorkspace(directory)
for (let turn = 0; turn < Number(turns);) {
  const doc = await ws.documents.read('Ship it')
  try {
    const text = `${doc.text ?? ''}\nLine ${turn} of ${process.pid}.\n`
    await ws.documents.write(doc.path, text, { expectedHash: doc.hash })
    turn++
  } catch (error) {
    if (!isDiptychError(error, 'stale-revision')) throw error
  }
}
await ws.close()
