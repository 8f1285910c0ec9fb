import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { format } from 'prettier'
import { openEngine } from '../../src/engine/open-engine.ts'
import { compileTemplateSet } from '../../src/lens/compile-template-set.ts'
import { readDefaultTemplates } from '../../src/templates/read-default-templates.ts'
import { type Workspace, makeWorkspace } from '../sync/workspace.ts'

const TASKS = 'sessions/main/tasks'

/** A task with something in every kind of place, synchronized. */
async function withTask(
  w: Workspace,
): Promise<{ readonly id: Awaited<ReturnType<Workspace['add']>>; readonly path: string }> {
  const id = await w.add('task', 'Fix login', {
    assignee: 'alice',
    labels: 'auth, web',
    description: 'Deep links lose `next`.',
    notes: 'Safari drops the cookie.',
  })
  await w.sync()
  return { id, path: await w.pathOf(id) }
}

describe('hazards across both panels', () => {
  it('H10 a touch, a chmod or the same bytes saved again write nothing', async (t) => {
    const w = await makeWorkspace(t)
    const { path } = await withTask(w)
    const file = join(w.root, path)
    utimesSync(file, new Date(), new Date(2099, 1, 1))
    assert.equal((await w.sync()).writes, 0)
    chmodSync(file, 0o755)
    assert.equal((await w.sync()).writes, 0)
    w.write(path, w.read(path))
    assert.equal((await w.sync()).writes, 0)
  })

  it('H11 H12 keeps byte order mark, CRLF, blanks, tabs, a missing newline and the mode', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withTask(w)
    const odd = `\ufeff${w.read(path).replaceAll('\n', '\r\n').trimEnd()}  \t`
    w.write(path, odd)
    chmodSync(join(w.root, path), 0o755)
    await w.sync()
    assert.equal(w.read(path), odd)
    await w.edit(id, { assignee: 'bob' })
    await w.sync()
    assert.equal(w.read(path), odd.replace('assignee: alice', 'assignee: bob'))
    assert.equal(statSync(join(w.root, path)).mode & 0o777, 0o755)
    assert.equal((await w.sync()).writes, 0)
  })

  it('H13 H110 refuses links and folders by name, leaves their targets alone, takes the rest', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withTask(w)
    const outside = join(w.directory, 'outside.md')
    writeFileSync(outside, '# Not mine\n')
    symlinkSync(outside, join(w.root, TASKS, 'link.md'))
    mkdirSync(join(w.root, TASKS, 'folder.md'))
    w.write(path, w.read(path).replace('alice', 'bob'))
    const report = await w.sync()
    assert.equal(await w.field(id, 'assignee'), 'bob')
    const refused = report.diagnostics.filter(({ code }) => code === 'not-a-file')
    assert.deepEqual(refused.map((note) => note.path).sort(), [
      `${TASKS}/folder.md`,
      `${TASKS}/link.md`,
    ])
    assert.ok(lstatSync(join(w.root, TASKS, 'link.md')).isSymbolicLink())
    assert.equal((await w.sync()).writes, 0)
  })

  it('H15 H18 H19 names what it cannot take and goes on with the rest', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withTask(w)
    writeFileSync(join(w.root, TASKS, 'latin.md'), Buffer.from('# Caf\xe9\n', 'latin1'))
    writeFileSync(join(w.root, TASKS, 'big.md'), Buffer.alloc(11 * 1024 * 1024, 'a\n'))
    w.write(path, w.read(path).replace('alice', 'bob'))
    const report = await w.sync()
    assert.equal(await w.field(id, 'assignee'), 'bob')
    const latin = report.diagnostics.find((note) => note.path.endsWith('latin.md'))
    assert.deepEqual([latin?.code, latin?.line], ['not-utf8', 1])
    const big = report.diagnostics.find((note) => note.path.endsWith('big.md'))
    assert.equal(big?.code, 'too-large')
    assert.equal((await w.sync()).writes, 0)
  })

  it('H65 names a file with a NUL character, and takes it once that is gone', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withTask(w)
    const typed = w.read(path).replace('alice', 'bob').replace('Safari', 'Saf\0ari')
    w.write(path, typed)
    const report = await w.sync()
    const line = typed.slice(0, typed.indexOf('\0')).split('\n').length
    assert.deepEqual([report.diagnostics[0]?.code, report.diagnostics[0]?.line], ['not-utf8', line])
    assert.equal(await w.field(id, 'assignee'), 'alice')
    assert.equal(w.read(path), typed)
    assert.equal((await w.sync()).writes, 0)
    w.write(path, typed.replace('\0', ''))
    assert.deepEqual((await w.sync()).diagnostics, [])
    assert.equal(await w.field(id, 'assignee'), 'bob')
  })

  it('H59 H69 a file of 0 bytes, a prefix of itself or half-typed YAML clears no field', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withTask(w)
    const whole = w.read(path)
    const before = await w.entity(id)
    for (let length = 0; length < whole.length; length += 7) {
      truncateSync(join(w.root, path), 0)
      w.write(path, whole.slice(0, length))
      await w.sync()
      assert.deepEqual((await w.entity(id))?.fields, before?.fields, `after ${length} characters`)
      assert.equal(w.read(path), whole.slice(0, length), 'nothing is written over it')
    }
    w.write(path, whole)
    const report = await w.sync()
    assert.deepEqual(report.diagnostics, [])
    assert.equal((await w.sync()).writes, 0)
  })

  it('H57 keeps unknown keys, comments, order and quotes, and stores the keys', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withTask(w)
    const typed = w
      .read(path)
      .replace('---\n', "---\n# mine\nzeta: 'one'\nteam: [a,  b]\n")
      .replace('assignee: alice', 'assignee:   "alice"   # lead')
    w.write(path, typed)
    await w.sync()
    assert.equal(w.read(path), typed)
    assert.equal(await w.field(id, 'zeta'), 'one')
    assert.deepEqual(await w.field(id, 'team'), ['a', 'b'])
    const query = { kind: 'task', fields: [['zeta', 'one']], limit: 5 } as const
    assert.equal((await w.project().store.find(query)).total, 1)
    await w.edit(id, { assignee: 'bob', zeta: 'two' })
    await w.sync()
    const after = typed.replace('"alice"', '"bob"').replace("'one'", "'two'")
    assert.equal(w.read(path), after)
  })

  it('H67 a formatter that rewrites every file converges with the engine', async (t) => {
    const w = await makeWorkspace(t)
    const { id } = await withTask(w)
    await w.add('task', 'Second', { parent: id, criteria: 'one, two' })
    await w.sync()
    const reformat = async (): Promise<void> => {
      for (const [path, text] of Object.entries(w.files())) {
        w.write(path, await format(text, { parser: 'markdown' }))
      }
    }
    await reformat()
    await w.sync()
    const settled = w.files()
    await reformat()
    const report = await w.sync()
    assert.equal(report.writes, 0)
    assert.deepEqual(w.files(), settled)
    assert.equal(await w.field(id, 'assignee'), 'alice')
  })

  it('H68 another version of the templates rewrites nothing, and two do not take turns', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withTask(w)
    const files = w.files()
    const sources = readDefaultTemplates()
    const task = sources.task
      .replace('assignee: {{assignee?}}\n', '')
      .replace('---\n\n#', 'assignee: {{assignee?}}\n---\n\n#')
      .replace('## Notes', '## Remarks\n\n<!-- dx:alias Notes -->')
    const templates = compileTemplateSet({ ...sources, task }, w.project().catalogue)
    const other = openEngine({ ...w.project(), templates: async () => templates })
    assert.equal((await other.sync()).writes, 0)
    assert.deepEqual(w.files(), files)
    await w.edit(id, { assignee: 'bob' })
    await other.sync()
    assert.equal(w.read(path), files[path]?.replace('alice', 'bob'))
    assert.equal((await w.sync()).writes, 0)
    assert.equal((await other.sync()).writes, 0)
  })

  it('H113 keeps what is local to this machine private and out of git', async (t) => {
    const w = await makeWorkspace(t)
    await withTask(w)
    assert.equal(statSync(join(w.root, '.local')).mode & 0o777, 0o700)
    assert.match(w.read('.gitignore'), /^\.local\/$/m)
  })

  it('H119 no conflict with oneself after a crash between the commit and what is agreed', async (t) => {
    const w = await makeWorkspace(t)
    const { id, path } = await withTask(w)
    w.write(path, w.read(path).replace('alice', 'bob'))
    const { base } = w.project()
    const crashing = { ...base, record: async () => await Promise.reject(new Error('crash')) }
    await assert.rejects(openEngine({ ...w.project(), base: crashing }).sync(), /crash/)
    await w.reopen()
    w.write(path, w.read(path).replace('bob', 'carol'))
    const report = await w.sync()
    assert.equal(report.conflicts, 0)
    assert.equal(await w.field(id, 'assignee'), 'carol')
    assert.ok(existsSync(join(w.root, path)))
    assert.equal((await w.sync()).writes, 0)
  })
})
