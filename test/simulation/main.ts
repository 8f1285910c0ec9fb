import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { describeWorld } from './describe-world.ts'
import { PLANTS } from './plants.ts'
import {
  NO_PLANT,
  type Plant,
  type Scenario,
  Template,
  drawScenario,
  runScenario,
  shrink,
} from './simulate.ts'

const HELP = `npm run simulate -- [--runs N] [--seed S] [--steps N] [--failures N] [--save FILE]
npm run simulate -- --replay FILE
npm run simulate -- --plant NAME [--runs N]

Runs the real core, engine and SQLite on a virtual disk and clock, with people, programs, two processes,
crashes and faults, and checks after each run that nothing is lost and both panels are equal. The seed
of a run is the first seed and its number. A failing run prints its seed and what is left of its steps
when it is cut down, as JSON that --save writes and --replay takes. Every hundredth run is made twice
and must do the same calls.

--plant puts a known fault into the engine, which must be found: ${Object.keys(PLANTS).join(', ')}.
`

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '40' },
    failures: { type: 'string', default: '1' },
    save: { type: 'string' },
    replay: { type: 'string' },
    plant: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
})

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

async function replay(template: Template, file: string, plant: Plant): Promise<boolean> {
  const scenario = JSON.parse(readFileSync(file, 'utf8')) as Scenario
  const { failure } = await runScenario(template, scenario, plant, async (world) =>
    say(await describeWorld(world)),
  )
  say(failure ?? 'the run passes')
  return failure === null
}

async function explore(template: Template, plant: Plant): Promise<boolean> {
  const [runs, first, count] = [Number(values.runs), Number(values.seed), Number(values.steps)]
  const begun = performance.now()
  let failed = 0
  let run = 0
  for (; run < runs && failed < Number(values.failures); run++) {
    const scenario = drawScenario(first + run, count)
    const { failure, trace } = await runScenario(template, scenario, plant)
    const again = failure === null && run % 100 === 99
    if (failure !== null) {
      failed++
      await report(template, scenario, plant, failure)
    } else if (again && (await runScenario(template, scenario, plant)).trace !== trace) {
      failed++
      say(`seed ${scenario.seed} does not do the same twice`)
    }
  }
  const seconds = (performance.now() - begun) / 1000
  const rates = `${(run / seconds).toFixed(1)} runs and ${Math.round((run * count) / seconds)} steps a second`
  say(`${run} runs of ${count} steps from seed ${first}: ${failed} failed; ${rates}`)
  return failed === 0
}

async function report(
  template: Template,
  scenario: Scenario,
  plant: Plant,
  failure: string,
): Promise<void> {
  say(`seed ${scenario.seed} fails: ${failure}`)
  const least = await shrink(template, scenario, plant)
  const json = JSON.stringify(least)
  say(`cut down to:\n${json}`)
  if (values.save !== undefined) writeFileSync(values.save, `${json}\n`)
}

async function main(): Promise<boolean> {
  const plant = values.plant === undefined ? NO_PLANT : PLANTS[values.plant]
  if (plant === undefined) throw new Error(`there is no plant of that name\n\n${HELP}`)
  await using template = new Template()
  await template.fill()
  return values.replay === undefined
    ? await explore(template, plant)
    : await replay(template, values.replay, plant)
}

if (values.help === true) say(HELP)
else process.exitCode = (await main()) ? 0 : 1
