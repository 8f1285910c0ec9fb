import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STANDARD_CATALOGUE } from '../model/catalogue.ts'
import { ENTITY_KINDS } from '../model/id.ts'
import { readDefaultTemplates } from '../templates/read-default-templates.ts'
import { compileTemplateSet } from './compile-template-set.ts'
import { compileTemplate } from './compile-template.ts'
import type { Template, TemplateKind, TemplateSection } from './template.ts'

const HEAD = '---\nid: {{id}}\n---\n'

function compiled(source: string, kind: TemplateKind = 'task'): Template {
  const outcome = compileTemplate(source, kind, STANDARD_CATALOGUE)
  assert.equal(outcome.kind, 'compiled', JSON.stringify(outcome))
  return outcome.kind === 'compiled' ? outcome.template : assert.fail()
}

/** Asserts that a source is refused at `line` for a reason that `message` and a hint that `hint` match. */
function refused(
  source: string,
  line: number,
  message: RegExp,
  hint: RegExp = /./,
  kind: TemplateKind = 'task',
): void {
  const outcome = compileTemplate(source, kind, STANDARD_CATALOGUE)
  if (outcome.kind === 'compiled') assert.fail('the template was accepted')
  const found = outcome.problems.some(
    (problem) => problem.line === line && message.test(problem.message) && hint.test(problem.hint),
  )
  assert.ok(found, JSON.stringify(outcome.problems, null, 2))
}

function slotsOf(section: TemplateSection): string[] {
  const heading = section.heading?.kind === 'slot' ? [section.heading.slot.path] : []
  const body = section.body === null ? [] : [section.body.path]
  return [...heading, ...body, ...section.children.flatMap(slotsOf)]
}

test('every field that lives in documents has one place in the default template of its kind', () => {
  const set = compileTemplateSet(readDefaultTemplates(), STANDARD_CATALOGUE)
  for (const kind of ENTITY_KINDS) {
    const template = set[kind]
    const placed = [
      ...template.frontMatter.map((place) => place.slot.path),
      ...slotsOf(template.root),
    ]
    const wanted = [...STANDARD_CATALOGUE[kind].values()]
      .filter((spec) => spec.home === 'document')
      .map((spec) => spec.name)
    assert.deepEqual(placed.toSorted(), ['id', ...wanted].toSorted(), kind)
  }
})

test('a template gives front matter, headings with affixes, bodies and aliases', () => {
  const template = compiled(
    '---\nid: {{id}}\nparent: {{ parent? as stem }}\n---\n# Task: {{title}} (open)\n\n{{description}}\n' +
      '\n## Plan ##\n<!-- dx:alias Approach, Vorgehen -->\n{{plan?}}\n',
  )
  assert.ok(template.kind === 'task')
  assert.deepEqual(template.frontMatter[1], {
    key: 'parent',
    slot: { path: 'parent', optional: true, style: 'stem', line: 3 },
  })
  const [title] = template.root.children
  assert.deepEqual(title?.heading, {
    kind: 'slot',
    prefix: 'Task: ',
    suffix: ' (open)',
    slot: { path: 'title', optional: false, style: null, line: 5 },
  })
  assert.equal(title?.body?.path, 'description')
  assert.deepEqual(title?.children[0]?.heading, {
    kind: 'fixed',
    title: 'Plan',
    aliases: ['Approach', 'Vorgehen'],
  })
  assert.equal(title?.children[0]?.body?.path, 'plan')
})

test('line endings, a byte order mark and blank lines do not change what a template means', () => {
  const source = readDefaultTemplates().task
  const plain = compiled(source)
  const other = compiled(`\u{FEFF}${source.replaceAll('\n', '\r\n')}`)
  assert.deepEqual({ ...other, source: '' }, { ...plain, source: '' })
})

test('a board template gives its headings and the parts of an item', () => {
  const template = compiled(readDefaultTemplates().board, 'board')
  assert.ok(template.kind === 'board')
  assert.deepEqual(template.title, { level: 1, prefix: 'Board: ', suffix: '' })
  assert.deepEqual(template.group, { level: 2, prefix: '', suffix: '' })
  assert.equal(template.ungrouped, 'No group')
  assert.deepEqual(
    template.item.map((part) => (part.kind === 'fixed' ? part.text : part.slot.style)),
    ['[', 'box', '] ', 'link', 'word'],
  )
})

test('a board template may put the list and its item on one line', () => {
  const source =
    '# {{name}} board\n{{#each groups}}\n### Group {{self as link}}\n' +
    '{{#each tasks tree}}* [{{status as box}}] {{self as link}}{{/each}}{{/each}}\n### Rest\n'
  const template = compiled(source, 'board')
  assert.ok(template.kind === 'board')
  assert.equal(template.group.prefix, 'Group ')
  assert.equal(template.item.length, 4)
})

test('an unknown field is refused with the nearest name', () => {
  refused(`${HEAD}# {{titel}}`, 4, /no field is called titel/, /\{\{title\}\}/)
  refused('---\nid: {{id}}\ntags: {{tags?}}\n---\n', 3, /called tags/, /\{\{labels\}\}/)
  refused(`${HEAD}# {{xyzzyplugh}}`, 4, /no field/, /fields are id, title/)
})

test('a template without front matter, without its end or without the id is refused', () => {
  refused('# {{title}}', 1, /no front matter/, /id: \{\{id\}\}/)
  refused('---\nid: {{id}}\n# {{title}}', 1, /not closed/)
  refused('---\nstatus: {{status}}\n---\n', 1, /id has no place/)
})

test('the id stands under the key `id` alone, which no other slot takes', () => {
  refused('---\nID: {{id}}\n---\n', 2, /key “ID”/, /write id:/)
  refused('---\nuid: {{id}}\n---\n', 2, /key “uid”/)
  refused('---\nid: {{title}}\n---\n', 2, /read as id/)
})

test('an optional, styled or misplaced id is refused', () => {
  refused('---\nid: {{id?}}\n---\n', 2, /the id stands in the front matter/)
  refused(`${HEAD}# {{id}}`, 4, /the id stands in the front matter/)
})

test('front-matter values that are not one whole slot are refused', () => {
  refused('---\nid: {{id}}\ndue: by {{due}}\n---\n', 3, /only a part of the value of “due”/)
  refused('---\nid: {{id}}\ndue: "{{due}}"\n---\n', 3, /only a part/)
  refused('---\nid: {{id}}\ndue: {{due}} # soon\n---\n', 3, /only a part/)
  refused('---\nid: {{id}}\nkind: fixed\n---\n', 3, /fixed text, which is not supported yet/)
  refused('---\nid: {{id}}\n- {{due}}\n---\n', 3, /is not front matter/)
})

test('keys that stand twice, or that mean another field, are refused', () => {
  refused('---\nid: {{id}}\nDue: {{due}}\ndue: {{created}}\n---\n', 4, /stands at line 3 already/)
  refused('---\nid: {{id}}\ndeadline: {{created}}\n---\n', 3, /read as due/)
})

test('a field with two places is refused', () => {
  refused(`---\nid: {{id}}\nt: {{title}}\n---\n# {{title}}`, 5, /has a place already, at line 3/)
})

test('a field whose home is not the document is refused', () => {
  refused('---\nid: {{id}}\nstarted: {{started?}}\n---\n', 3, /in the database only/)
  refused('---\nid: {{id}}\nsession: {{session}}\n---\n', 3, /in the place of the file/)
})

test('a field of the wrong type for its place is refused with the right one', () => {
  refused('---\nid: {{id}}\nplan: {{plan}}\n---\n', 3, /cannot stand in front/, /paragraph/)
  refused(`${HEAD}# {{labels}}`, 4, /cannot stand in a heading/, /front matter or a paragraph/)
  refused(`${HEAD}# A\n\n{{due}}`, 6, /cannot stand in a body/, /front matter or a heading/)
})

test('styles that do not fit are refused', () => {
  refused('---\nid: {{id}}\nstatus: {{status as box}}\n---\n', 3, /“as box” does not fit status/)
  refused('---\nid: {{id}}\ndue: {{due as stem}}\n---\n', 3, /“as stem” does not fit due/)
  refused('---\nid: {{id}}\ndue: {{due as label}}\n---\n', 3, /“as label” is not a style/)
})

test('slots in prose, code, quotes, list items and links are refused', () => {
  refused(`${HEAD}Written for {{description}} alone`, 4, /running text/)
  refused(`${HEAD}\`{{description}}\``, 4, /code/)
  refused(`${HEAD}\`\`\`\n{{description}}\n\`\`\``, 5, /code/)
  refused(`${HEAD}\n    {{description}} x`, 5, /code/)
  refused(`${HEAD}> {{description}}`, 4, /quote/)
  refused(`${HEAD}- {{description}}`, 4, /list item/)
  refused(`${HEAD}[x]({{description}})`, 4, /link/)
})

test('touching slots are refused', () => {
  refused(`${HEAD}# {{title}}{{due}}`, 4, /two slots touch/)
  refused(`${HEAD}# {{title}} {{due}}`, 4, /holds one slot/)
  refused(`${HEAD}# A\n\n{{plan}}\n{{notes}}`, 7, /two slots touch/)
  refused(`${HEAD}# A\n\n{{plan}}{{notes}}`, 6, /two slots touch/)
})

test('headings and aliases that read the same among siblings are refused', () => {
  refused(`${HEAD}## Plan\n{{plan}}\n## 📝 plan:\n{{notes}}`, 6, /reads the same/)
  refused(`${HEAD}## Plan\n<!-- dx:alias Notes -->\n## Notes`, 6, /reads the same/)
  compiled(`${HEAD}# A\n## Plan\n{{plan}}\n# B\n## Plan\n{{notes}}`)
})

test('two headings with slots among siblings are refused', () => {
  refused(`${HEAD}# {{title}}\n# {{assignee}}`, 5, /line 4 has a heading with a slot/)
})

test('malformed braces are refused', () => {
  refused(`${HEAD}# {{title`, 4, /not closed/)
  refused(`${HEAD}# title}}`, 4, /not closed or not opened/)
  refused(`${HEAD}# {{}}`, 4, /is not a slot/)
  refused(`${HEAD}# {{title | upcase}}`, 4, /is not a slot/, /filters/)
  refused(`${HEAD}# {{#if title}}`, 4, /not a block that is supported/)
})

test('what the language will have later is refused, not ignored', () => {
  refused(`${HEAD}**Due**: {{due}}`, 4, /labels are not supported yet/)
  refused(`${HEAD}| Due | {{due}} |`, 4, /table rows are not supported yet/)
  refused(`${HEAD}# {{title!}}`, 4, /“!” in a slot is not supported yet/)
  refused(`${HEAD}# A\n{{plan | rest}}`, 5, /“\| rest” in a slot is not supported yet/)
  refused(`${HEAD}<!-- dx:plan -->\n{{plan}}\n<!-- /dx:plan -->`, 4, /comments other than/)
  refused(`${HEAD}<!-- dx:gen:x -->`, 4, /generated regions are not supported yet/)
  refused(`${HEAD}{{#each labels}}x{{/each}}`, 4, /lists are supported in board.md only/)
  refused(`${HEAD}Some words`, 4, /fixed text, which is not supported yet/)
  refused(`${HEAD}\`\`\`\ncode\n\`\`\``, 4, /code blocks are not supported yet/)
  refused(`${HEAD}# A\n{{plan}}\n\n{{notes}}`, 7, /has a body already, at line 5/)
})

test('an alias that stands under no heading of fixed words is refused', () => {
  refused(`${HEAD}<!-- dx:alias A -->`, 4, /right under a heading/)
  refused(`${HEAD}# {{title}}\n<!-- dx:alias A -->`, 5, /right under a heading/)
})

/** {@link refused} for a board. */
function no(source: string, line: number, message: RegExp, hint?: RegExp): void {
  refused(source, line, message, hint, 'board')
}

test('a board of another shape is refused with the right one', () => {
  const board = readDefaultTemplates().board
  const change = (from: string, to: string): string => {
    assert.ok(board.includes(from))
    return board.replace(from, to)
  }
  no(change('{{name}}', 'all'), 1, /\{\{name\}\} belongs here/, /\{\{#each groups\}\}/)
  no(change('{{name}}', '{{name?}}'), 1, /holds \{\{name\}\} and nothing else/)
  no(change('## {{self as link}}', '## {{self}}'), 4, /holds \{\{self as link\}\}/)
  no(change('tasks tree', 'tasks'), 6, /no list “tasks”/)
  no(change('tasks tree', 'tasks tree where status = done'), 6, /“tree where .* not supported yet/)
  no(change('tasks tree', 'tasks tree key=id'), 6, /not supported yet/)
  no(change('## No group', ''), 9, /heading of tasks without a group is missing/)
  no(change('## No group', '### No group'), 11, /another level/)
  no(change('## No group', '## No group\n\nMore'), 13, /nothing can follow/)
  no(change('- [{{status as box}}] ', '- '), 7, /the line of a task is/)
  no(change('{{ · status as word ?}}', '{{status as word ?}}'), 7, /touches the link/)
  no(
    change('{{ · status as word ?}}', '{{ @assignee ?}}'),
    7,
    /assignee in the line .* not supported/,
  )
  no(change('{{ · status as word ?}}', '{{ · stauts as word ?}}'), 7, /stauts/, /status/)
  no(change('{{self as link}}{{ ·', '{{self}}{{ ·'), 7, /self cannot be written so/)
  no('', 1, /title line/)
})

test('all problems are reported in the order of their lines', () => {
  const outcome = compileTemplate(`${HEAD}# {{titel}}\n\nx\n`, 'task', STANDARD_CATALOGUE)
  assert.ok(outcome.kind === 'refused')
  assert.deepEqual(
    outcome.problems.map((problem) => problem.line),
    [4, 6],
  )
})

test('a set with a template that cannot be used throws with its place', () => {
  const sources = { ...readDefaultTemplates(), group: `${HEAD}# {{titel}}` }
  assert.throws(() => compileTemplateSet(sources, STANDARD_CATALOGUE), {
    code: 'invalid-template',
    details: {
      what: 'The template group.md cannot be used',
      why: 'line 4: no field is called titel',
      hint: 'did you mean {{title}}?',
      place: 'templates/group.md:4',
    },
  })
})
