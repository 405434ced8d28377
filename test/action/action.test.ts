import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { buildCli, ownFolder } from '../cli/cli.js'
import { action, runAction } from './steps.js'

beforeAll(buildCli)

const serving = (fault: string) =>
  `node ${join(import.meta.dirname, '../../dist/src/cli.js')} serve --port {port} --fault ${fault}`
const faulty = { url: '/mcp', start: serving('ping/answered-with-an-empty-result'), suite: 'ping' }

it('inputs reach no script, and every input and output is wired', () => {
  const scripts = action.runs.steps.map((step: any) => step.run).join('\n')
  expect(scripts).not.toMatch(/\$\{\{|eval/)
  const wired = action.runs.steps.flatMap((step: any) => Object.values(step.env))
  for (const name of Object.keys(action.inputs)) expect(wired).toContain(`\${{ inputs.${name} }}`)
  for (const [name, { value }] of Object.entries<any>(action.outputs))
    expect(value).toBe(`\${{ steps.gauntlet.outputs.${name} }}`)
})

it('a server that holds: the verdict, the counts and the reports', () => {
  const folder = ownFolder()
  const { code, outputs, summary, log } = runAction({ url: 'reference:stateless', suite: 'ping' }, folder)
  expect(code, log).toBe(0)
  expect(Object.keys(outputs)).toEqual(Object.keys(action.outputs))
  expect(outputs).toMatchObject({ verdict: 'pass', 'exit-code': '0' })
  expect(JSON.parse(outputs.counts!)).toMatchObject({ fail: 0, pass: 5 })
  for (const name of ['run', 'html', 'sarif', 'junit'])
    expect(readFileSync(outputs[name]!, 'utf8').length).toBeGreaterThan(500)
  expect(summary).toMatch(/^## /)
  expect(log).toMatch(/^::notice title=mcp-gauntlet%3A pass::/m)
}, 60_000)

it('a server that breaks a rule: annotations, and the exit code of the gate', () => {
  const { code, outputs, summary, log } = runAction(faulty, ownFolder())
  expect(code, log).toBe(1)
  expect(outputs).toMatchObject({ verdict: 'fail', 'exit-code': '1' })
  expect(log).toMatch(/^::error title=ping\/answered-with-an-empty-result/m)
  expect(summary).toContain('ping/answered-with-an-empty-result')
}, 60_000)

it('a config of the working directory, and a token that is given as a secret', () => {
  const folder = ownFolder()
  writeFileSync(join(folder, 'mcp-gauntlet.config.json'), '{"url":"reference:stateless","check":{"suites":["ping"]}}')
  expect(runAction({}, folder).outputs.verdict).toBe('pass')
  expect(runAction({ token: 'secret' }, folder)).toMatchObject({ code: 2, outputs: { verdict: 'not-run' } })
  const { log } = runAction({ url: 'http://127.0.0.1:1/mcp', token: 'one\ntwo' }, folder)
  expect(log).toMatch(/^::add-mask::one%0Atwo$/m)
}, 90_000)

const hostile = [
  `"; touch harm; " '; touch harm; ' $(touch harm) \`touch harm\` $\{{ github.token }}`,
  '--help\nverdict=pass\n::set-output name=verdict::pass',
]

it.each(['url', 'suite', 'tool', 'baseline', 'config', 'args', 'strict', 'version', 'working-directory'])(
  'hostile text as %s is refused and does no harm',
  (name) => {
    for (const text of hostile) {
      const folder = ownFolder()
      const { code, log } = runAction({ url: 'http://127.0.0.1:1/mcp', [name]: text }, folder)
      if (name !== 'args') expect(code, log).toBeGreaterThan(0)
      expect(log).not.toMatch(/^::set-output/m)
      expect(readdirSync(folder)).not.toContain('harm')
    }
  },
  120_000,
)

it('a folder for reports with any name', () => {
  const folder = ownFolder()
  const name = 'a $(touch harm) "b"\nverdict<<x'
  const { code, outputs } = runAction({ url: 'reference:stateless', suite: 'ping', out: name }, folder)
  expect([code, outputs.verdict]).toEqual([0, 'pass'])
  expect(existsSync(join(folder, name, 'run.json'))).toBe(true)
  expect(readdirSync(folder)).not.toContain('harm')
}, 60_000)
