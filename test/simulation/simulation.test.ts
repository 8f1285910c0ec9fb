import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { PLANTS } from './plants.ts'
import { type Scenario, Template, drawScenario, runScenario } from './simulate.ts'

/** Runs of the share that every test run makes; `npm run simulate` makes more. */
const RUNS = 12

const STEPS = 40

/** Scenarios as JSON, by the names of their files. */
function scenariosIn(folder: string): ReadonlyMap<string, Scenario> {
  const place = join(import.meta.dirname, folder)
  const names = readdirSync(place).filter((name) => name.endsWith('.json'))
  assert.ok(names.length > 0, `${folder} holds scenarios`)
  return new Map(
    names.map((name) => {
      const scenario = JSON.parse(readFileSync(join(place, name), 'utf8')) as Scenario
      return [name.slice(0, -'.json'.length), scenario]
    }),
  )
}

async function assertPasses(scenario: Scenario): Promise<string> {
  await using template = new Template()
  await template.fill()
  const { failure, trace } = await runScenario(template, scenario)
  assert.equal(failure, null, `seed ${scenario.seed}: ${failure}`)
  return trace
}

describe('the simulator', () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    it(`loses nothing and comes to rest with seed ${seed}`, async () => {
      await assertPasses(drawScenario(seed, STEPS))
    })
  }

  it('makes the same calls when it is run twice', async () => {
    const scenario = drawScenario(1, STEPS)
    assert.equal(await assertPasses(scenario), await assertPasses(scenario))
  })

  for (const [name, scenario] of scenariosIn('found')) {
    it(`no longer fails as it was found to: ${name.replaceAll('-', ' ')}`, async () => {
      await assertPasses(scenario)
    })
  }

  for (const [name, scenario] of scenariosIn('planted')) {
    it(`finds a fault that is put into the engine: ${name}`, async () => {
      const plant = PLANTS[name]
      assert.ok(plant, `${name} is a planted fault`)
      await using template = new Template()
      await template.fill()
      assert.notEqual((await runScenario(template, scenario, plant)).failure, null)
      assert.equal((await runScenario(template, scenario)).failure, null)
    })
  }
})
