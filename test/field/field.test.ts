import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assess } from '../../src/conformance/assess.js'
import { loadChecks } from '../../src/conformance/registry.js'
import { diagnose } from '../../src/doctor/doctor.js'
import { brokenStep } from '../../src/report/diagnosis.js'
import type { Result } from '../../src/report/run.js'
import { leftOut, rows } from './rows.js'
import { fieldServers, missingFor } from './servers.js'
import type { FieldServer } from './serving.js'
import { fieldPage } from './table.js'

const checks = await loadChecks()
const findings = JSON.parse(readFileSync(new URL('../interop/findings.json', import.meta.url), 'utf8'))

async function withServer<T>(name: string, work: (server: FieldServer) => Promise<T>): Promise<T> {
  const server = await fieldServers[name]!()
  try {
    return await work(server)
  } finally {
    await server.close()
  }
}

async function judge({ url, options }: FieldServer, ids: readonly string[]): Promise<Result[]> {
  const results: Result[] = []
  const chosen = checks.filter(({ id }) => ids.includes(id))
  for await (const event of assess(url, chosen, options)) if (event.type === 'part') results.push(...event.results)
  return results
}

const examine = ({ url, options = {} }: FieldServer, probeWaf = false) => diagnose(url, options, { env: {}, probeWaf })
const isFinding = ({ outcome }: Result) => outcome.status === 'fail' || outcome.status === 'warn'

describe.concurrent('each is found on a server that has it', () => {
  for (const { row, symptom, found, server } of rows) {
    const why = missingFor(server)
    it.skipIf(why)(`${row}: ${symptom}${why ? ` (${why})` : ''}`, async () => {
      if ('recorded' in found) {
        expect([...findings[server].fail, ...findings[server].warn]).toContain(found.recorded)
      } else if ('check' in found) {
        const results = await withServer(server, (one) => judge(one, [found.check]))
        expect(
          results.filter(isFinding).map(({ id }) => id),
          JSON.stringify(results.map(({ outcome }) => outcome)),
        ).toContain(found.check)
      } else {
        const diagnosis = await withServer(server, (one) => examine(one, true))
        if ('note' in found)
          expect(diagnosis.steps.find(({ id }) => id === found.note)?.notes?.join(' ')).toMatch(found.says)
        else
          expect(brokenStep(diagnosis), JSON.stringify(diagnosis.steps)).toMatchObject({
            id: found.doctor,
            state: 'broken',
            remedy: found.print ? { fingerprint: found.print } : {},
          })
      }
    })
  }
})

describe('nothing is found on servers that have none of it', () => {
  const good = [
    'Express, stateless, well built',
    'Express, sessions, well built',
    'Express with CORS, well built',
    'OAuth, well built',
    'nginx, well set up',
  ]
  const ours = checks
    .filter(({ suite, slow }) => /^(deployment|browser|isolation|replica)$/.test(suite) && !slow)
    .map(({ id }) => id)

  it.each(good)('%s', async (name) => {
    expect(missingFor(name)).toBe(undefined)
    const { results, diagnosis } = await withServer(name, async (server) => ({
      results: await judge(server, ours),
      diagnosis: await examine(server, true),
    }))
    expect(results.filter(isFinding).map(({ id, outcome }) => [id, outcome])).toEqual([])
    expect(brokenStep(diagnosis)).toBe(undefined)
    // Express shows its error page to all of them, and the little OAuth server registers nobody.
    const notes = diagnosis.steps.flatMap((step) => step.notes ?? [])
    expect(
      notes.filter((note) => !/stack trace|needs a registered id|no metadata of an authorization/.test(note)),
    ).toEqual([])
  })
})

it('the page holds what the table holds, and every kind stands in one of its lists', async () => {
  expect([...rows, ...leftOut].map(({ row }) => row).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 60 }, (_, at) => at + 1),
  )
  await expect(fieldPage()).toMatchFileSnapshot('../../docs/field-failures.md')
})
