import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { test } from 'node:test'
import type { DiagnosticCode } from '../../src/model/diagnostic.ts'
import type { DocumentPath } from '../../src/model/document.ts'
import type { Scan } from '../../src/ports/folder.ts'
import { hookedCalls, systemError } from '../faults/faulty-calls.ts'
import { grow, see, swap, TASK, TempProject } from '../faults/temp-project.ts'

const FOLDER = 'sessions/main/tasks'
const UNSEEN = new Map<never, never>()

function start(text = 'old\n'): TempProject {
  const project = new TempProject()
  project.write(TASK, text)
  return project
}

function codes(scan: Scan): readonly (readonly [string, DiagnosticCode])[] {
  return scan.refused.map(({ path, diagnostic }) => [path, diagnostic.code] as const)
}

/** Edits the task in place and sets its modification time back, to the nanosecond. */
function editUnderOldTime(project: TempProject, text: string): void {
  const { mtimeNs } = statSync(project.at(TASK), { bigint: true })
  execFileSync('touch', ['-r', project.at(TASK), project.at('reference')])
  writeFileSync(project.at(TASK), text)
  execFileSync('touch', ['-r', project.at('reference'), project.at(TASK)])
  assert.equal(statSync(project.at(TASK), { bigint: true }).mtimeNs, mtimeNs)
}

/** Sees the task once its stamps are old enough to be trusted. */
async function seeTask(project: TempProject): ReturnType<typeof see> {
  await grow()
  return await see(project.open(), TASK)
}

test('a scan with nothing changed names no file', async () => {
  using project = start()
  const scan = await project.open().scan(await seeTask(project))
  const expected = {
    complete: true,
    rooted: true,
    changed: [],
    vanished: [],
    total: 1,
    refused: [],
  }
  assert.deepEqual(scan, expected)
})

test('a scan looks at sessions and conflicts alone', async () => {
  using project = start()
  project.write('conflicts/c-7k2m9xqd.md', 'x')
  project.write('templates/task.md', 'x')
  project.write('.local/trash/x.md', 'x')
  project.write('notes.md', 'x')
  const scan = await project.open().scan(UNSEEN)
  assert.deepEqual(scan.changed, [TASK, 'conflicts/c-7k2m9xqd.md'])
})

test('H05 what editors leave beside a file is ignored', async () => {
  using project = start()
  for (const name of ['4913', '.t.md.swp', 't.md~', '#t.md#', '.hidden.md', 't.md.tmp', 't.orig']) {
    project.write(`${FOLDER}/${name}`, 'x')
  }
  project.write('sessions/main/.obsidian/x.md', 'x')
  project.write('sessions/main/tasks~/x.md', 'x')
  symlinkSync('me@host.1234', project.at(`${FOLDER}/.#t.md`))
  const scan = await project.open().scan(UNSEEN)
  assert.deepEqual([scan.changed, scan.refused], [[TASK], []])
})

test('H07 a same-size edit inside one timestamp grain is looked at again', async () => {
  using project = start('aaaa')
  const seen = await see(project.open(), TASK)
  editUnderOldTime(project, 'bbbb')
  assert.deepEqual((await project.open().scan(seen)).changed, [TASK])
})

test('H07 a file that was read in the grain in which it was written is never trusted by its stat', async () => {
  using project = start()
  const seen = (await seeTask(project)).get(TASK)
  assert.ok(seen)
  const written = Number(seen.stat.ctimeNs / 1_000_000n)
  for (const [observed, changed] of [
    [written - 1, [TASK]],
    [written, [TASK]],
    [written + 1, []],
  ] as const) {
    const scan = await project.open().scan(new Map([[TASK, { ...seen, observed }]]))
    assert.deepEqual(scan.changed, changed)
  }
})

test('H08 an edit whose modification time was restored is found', async () => {
  using project = start('aaaa')
  const seen = await seeTask(project)
  editUnderOldTime(project, 'bbbb')
  assert.deepEqual((await project.open().scan(seen)).changed, [TASK])
})

test('H09 another file under the same inode is found', async () => {
  using project = start('aaaa')
  const seen = await seeTask(project)
  rmSync(project.at(TASK))
  project.write(TASK, 'bbbb')
  const scan = await project.open().scan(seen)
  assert.deepEqual([scan.changed, scan.vanished], [[TASK], []])
})

test('H10 a file that was only touched is read once and then at rest', async () => {
  using project = start()
  const seen = await seeTask(project)
  utimesSync(project.at(TASK), new Date(), new Date())
  chmodSync(project.at(TASK), 0o600)
  assert.deepEqual((await project.open().scan(seen)).changed, [TASK])
  const again = await seeTask(project)
  assert.equal(again.get(TASK)?.hash, seen.get(TASK)?.hash)
  assert.deepEqual((await project.open().scan(again)).changed, [])
})

test('H106 a file from the year 2099 is read, and found when it changes', async () => {
  using project = start()
  const future = new Date('2099-01-01')
  utimesSync(project.at(TASK), future, future)
  const seen = await seeTask(project)
  assert.equal((await project.open().scan(seen)).complete, true)
  writeFileSync(project.at(TASK), 'new\n')
  utimesSync(project.at(TASK), future, future)
  assert.deepEqual((await project.open().scan(seen)).changed, [TASK])
})

test('H13 links, pipes, sockets and folders named like documents are refused by name, the rest proceeds', async () => {
  using project = start()
  project.write('outside.txt', 'secret')
  symlinkSync(project.at('outside.txt'), project.at(`${FOLDER}/link.md`))
  symlinkSync('nowhere', project.at(`${FOLDER}/dangling.md`))
  mkdirSync(project.at(`${FOLDER}/folder.md`))
  execFileSync('mkfifo', [project.at(`${FOLDER}/pipe.md`)])
  linkSync(project.at(TASK), project.at(`${FOLDER}/hard.md`))
  const folder = project.open()
  const scan = await folder.scan(UNSEEN)
  assert.deepEqual(new Set(scan.changed), new Set([TASK, `${FOLDER}/hard.md`]))
  const paths = ['link', 'dangling', 'folder', 'pipe'].map((it) => `${FOLDER}/${it}.md`)
  assert.deepEqual(
    new Map(codes(scan)),
    new Map(paths.map((path) => [path, 'not-a-file' as const])),
  )
  const read = await folder.read([...paths, TASK] as DocumentPath[])
  for (const path of paths) {
    const outcome = read.get(path as DocumentPath)
    assert.ok(outcome?.kind === 'refused' && outcome.diagnostic.code === 'not-a-file', path)
  }
  assert.equal(read.get(TASK)?.kind, 'read')
  for (const path of paths) {
    const outcome = await swap(folder, { kind: 'replace', path, old: 'secret', new: 'x' })
    assert.ok(outcome.kind === 'failed' && outcome.diagnostic.code === 'not-a-file', path)
  }
  assert.equal(readFileSync(project.at('outside.txt'), 'utf8'), 'secret')
})

test('Markdown beside the sessions is told, and what explains the project is not', async () => {
  using project = start()
  for (const path of ['todo.md', 'notes/adr.md', 'README.md', 'docs/x.md', 'x.txt']) {
    project.write(path, 'x')
  }
  const scan = await project.open().scan(UNSEEN)
  assert.deepEqual(new Set(codes(scan).map(([path]) => path)), new Set(['todo.md', 'notes/adr.md']))
  assert.deepEqual(scan.changed, [TASK])
})

test('H17 of two names that differ in case one is used and neither touched', async () => {
  using project = start()
  const twin = TASK.replace('fix', 'FIX')
  project.write(twin, 'twin\n')
  const folder = project.open()
  const unseen = await folder.scan(UNSEEN)
  assert.deepEqual([unseen.changed, codes(unseen)], [[twin], [[TASK, 'twin-name']]])
  const scan = await folder.scan(await seeTask(project))
  assert.deepEqual([scan.changed, scan.vanished], [[], []], 'the one seen before is used')
  assert.deepEqual(codes(scan), [[twin, 'twin-name']])
  assert.deepEqual([project.text(TASK), project.text(twin)], ['old\n', 'twin\n'])
})

test('H17 a rename that changes case alone is a rename', async () => {
  using project = start()
  const seen = await seeTask(project)
  const renamed = TASK.replace('fix', 'Fix')
  renameSync(project.at(TASK), project.at(renamed))
  const scan = await project.open().scan(seen)
  assert.deepEqual([scan.changed, scan.vanished], [[renamed], [TASK]])
})

test('H17 a move that changes case alone is carried out', async () => {
  using project = start()
  const target = TASK.replace('fix', 'Fix')
  const outcome = await swap(project.open(), { kind: 'move', target, old: 'old\n' })
  assert.equal(outcome.kind, 'done')
  assert.deepEqual([project.text(TASK), project.text(target)], [null, 'old\n'])
})

test('H18 composed and decomposed twins of one name are flagged', async () => {
  using project = new TempProject()
  const composed = `${FOLDER}/caf\u00e9.md`
  const decomposed = `${FOLDER}/cafe\u0301.md`
  project.write(composed, 'x')
  project.write(decomposed, 'y')
  const scan = await project.open().scan(UNSEEN)
  assert.equal(scan.changed.length, 1)
  assert.deepEqual(codes(scan), [[composed, 'twin-name']])
})

test('H18 twin folders are flagged, and what was seen in the unused one is not gone', async () => {
  using project = start()
  const seen = await seeTask(project)
  project.write('sessions/Main/tasks/t.md', 'x')
  const scan = await project.open().scan(seen)
  assert.deepEqual(codes(scan), [['sessions/Main', 'twin-name']])
  assert.deepEqual([scan.changed, scan.vanished], [[], []])
})

test('H19 names that no path can hold are reported', async () => {
  using project = start()
  const folder = Buffer.from(`${project.at(FOLDER)}/`)
  writeFileSync(Buffer.concat([folder, Buffer.from([0xff, 0xfe]), Buffer.from('.md')]), 'x')
  writeFileSync(project.at(`${FOLDER}/back\\slash.md`), 'x')
  const scan = await project.open().scan(UNSEEN)
  assert.deepEqual(scan.changed, [TASK])
  assert.deepEqual(
    new Set(codes(scan).map(([path, code]) => `${path} ${code}`)),
    new Set([`${FOLDER}/\ufffd\ufffd.md bad-name`, `${FOLDER}/back\\slash.md bad-name`]),
  )
})

test('H19 a folder that is nested too deeply is reported', async () => {
  using project = start()
  project.write('sessions/main/tasks/a/b/t.md', 'x')
  project.write('sessions/main/tasks/a/b/c/t.md', 'x')
  const scan = await project.open().scan(UNSEEN)
  assert.ok(scan.changed.includes('sessions/main/tasks/a/b/t.md' as DocumentPath))
  assert.deepEqual(codes(scan), [['sessions/main/tasks/a/b/c', 'bad-name']])
})

test('H20 a placeholder in the cloud is no deletion, and a copy of a synchronizer no task', async () => {
  using project = start()
  const seen = await seeTask(project)
  renameSync(project.at(TASK), project.at(`${FOLDER}/.t-7k2m9xqd-fix-login.md.icloud`))
  project.write(`${FOLDER}/t.sync-conflict-20260101-120000-ABCDEFG.md`, 'x')
  const scan = await project.open().scan(seen)
  assert.deepEqual([scan.changed, scan.vanished, scan.total], [[], [], 0])
})

test('a file that is gone has vanished, and one in a folder that is gone too', async () => {
  using project = start()
  const seen = await seeTask(project)
  rmSync(project.at(TASK))
  assert.deepEqual((await project.open().scan(seen)).vanished, [TASK])
  rmSync(project.at('sessions'), { recursive: true })
  const scan = await project.open().scan(seen)
  assert.deepEqual([scan.vanished, scan.complete, scan.rooted], [[TASK], true, true])
})

test('H80 nothing has vanished from a root that is not there', async () => {
  using project = start()
  const seen = await seeTask(project)
  rmSync(project.at('sessions'), { recursive: true })
  rmSync(project.at('config.yaml'))
  const scan = await project.open().scan(seen)
  assert.deepEqual([scan.rooted, scan.vanished], [false, []])
})

for (const [call, code] of [
  ['readdir', 'EACCES'],
  ['readdir', 'EIO'],
  ['readdir', 'ENOENT'],
  ['lstat', 'EIO'],
  ['lstat', 'EACCES'],
] as const) {
  test(`H81 H83 a part that ${call} cannot tell (${code}) is unknown, not deleted`, async () => {
    using project = start()
    const other = 'sessions/main/notes/decisions.md'
    project.write(other, 'x')
    const seen = await seeTask(project)
    for (const [path, it] of await see(project.open(), other)) seen.set(path, it)
    rmSync(project.at(TASK))
    rmSync(project.at(other))
    const folder = project.open(
      hookedCalls((name, _, [path]) => {
        if (name === call && path === project.at(FOLDER)) throw systemError(code)
      }),
    )
    const scan = await folder.scan(seen)
    assert.equal(scan.complete, false)
    assert.deepEqual(codes(scan), [[FOLDER, 'unreadable']])
    assert.deepEqual(scan.vanished, [other])
  })
}

test('H81 a file that cannot be told is unknown, not deleted', async () => {
  using project = start()
  const seen = await seeTask(project)
  const folder = project.open(
    hookedCalls((name, _, [path]) => {
      if (name === 'lstat' && path === project.at(TASK)) throw systemError('EIO')
    }),
  )
  const scan = await folder.scan(seen)
  assert.deepEqual([scan.complete, scan.vanished], [false, []])
})

test('H81 a file that a listing left out but that is there has not vanished', async () => {
  using project = start()
  const seen = await seeTask(project)
  const files = hookedCalls(() => {})
  const folder = project.open({
    ...files,
    readdir: (path) => (path === project.at(FOLDER) ? [] : files.readdir(path)),
  })
  assert.deepEqual((await folder.scan(seen)).vanished, [])
})

test('H110 paths that lead out of the folder are refused', async () => {
  using project = start()
  const folder = project.open()
  const outside = ['../x.md', '/etc/passwd', 'a/../../x.md', 'a\0.md', '.local/pending/x', '']
  const read = await folder.read(outside as DocumentPath[])
  for (const path of outside) {
    assert.equal(read.get(path as DocumentPath)?.kind, 'refused', path)
    const outcome = await swap(folder, { kind: 'create', path, new: 'x' })
    assert.equal(outcome.kind, 'failed', path)
    const moved = await swap(folder, { kind: 'move', old: 'old\n', target: path })
    assert.equal(moved.kind, 'failed', path)
  }
  assert.equal(project.text(TASK), 'old\n')
  assert.deepEqual(project.pendingTexts(), [])
  assert.equal(existsSync(project.at('../x.md')), false)
})

test('H110 a folder that became a link is not followed', async () => {
  using project = start()
  const seen = await seeTask(project)
  const one = project.open()
  mkdirSync(project.at('elsewhere'))
  renameSync(project.at(TASK), project.at('elsewhere/t-7k2m9xqd-fix-login.md'))
  rmSync(project.at(FOLDER), { recursive: true })
  symlinkSync(project.at('elsewhere'), project.at(FOLDER))
  const scan = await one.scan(seen)
  assert.deepEqual([scan.changed, scan.vanished], [[], []])
  assert.deepEqual(codes(scan), [[FOLDER, 'not-a-file']])
  assert.equal((await one.read([TASK])).get(TASK)?.kind, 'refused')
  for (const plan of [
    { kind: 'replace', old: 'old\n', new: 'x' },
    { kind: 'create', path: `${FOLDER}/new/t.md`, new: 'x' },
    { kind: 'remove', old: 'old\n' },
  ] as const) {
    assert.equal((await swap(one, plan)).kind, 'failed')
  }
  assert.equal(project.text('elsewhere/t-7k2m9xqd-fix-login.md'), 'old\n')
})

test('H110 a folder that becomes a link between check and swap is not followed', async () => {
  using project = start()
  mkdirSync(project.at('elsewhere'))
  const folder = project.open(
    hookedCalls((name) => {
      if (name !== 'sync' || existsSync(project.at('moved'))) return
      renameSync(project.at(FOLDER), project.at('moved'))
      symlinkSync(project.at('elsewhere'), project.at(FOLDER))
    }),
  )
  const outcome = await swap(folder, { kind: 'create', path: `${FOLDER}/t.md`, new: 'x' })
  assert.equal(outcome.kind, 'failed')
  assert.equal(existsSync(project.at('elsewhere/t.md')), false)
})
