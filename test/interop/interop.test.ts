import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { assess } from '../../src/conformance/assess.js'
import { loadChecks } from '../../src/conformance/registry.js'
import { assembleRun, type Ingredients } from '../../src/report/assemble.js'
import type { Run } from '../../src/report/run.js'
import { type InteropServer, interopServers, startInterop } from './servers.js'

/** What each server was recorded to break: a change here is a change of our verdicts, to be read against the spec. */
interface Found {
  fail: string[]
  warn: string[]
  /** What depends on the moment: a race in the server that a run may or may not hit. */
  sometimes: string[]
}

type Findings = Record<string, Found>

const file = new URL('./findings.json', import.meta.url)
const known: Findings = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
const update = process.env.UPDATE_FINDINGS === '1'
const found: Findings = {}
const checks = (await loadChecks()).filter((check) => !check.slow)

async function judge(server: InteropServer): Promise<{ run: Run; seconds: number }> {
  const started = await startInterop(server)
  const begin = performance.now()
  try {
    const parts: Ingredients['parts'] = []
    for await (const event of assess(started.url, checks, { tools: server.safeTools }))
      if (event.type === 'part') parts.push({ part: event.part, results: event.results })
    const ms = performance.now() - begin
    return { run: assembleRun({ version: '0', startedAt: new Date(), ms, parts }), seconds: ms / 1000 }
  } finally {
    await started.close()
  }
}

const idsOf = (run: Run, status: string) =>
  [...new Set(run.results.filter((result) => result.outcome.status === status).map((result) => result.id))].sort()

/** Ids that only one of two runs found, or graded differently. */
function differing(one: Found, other: Found): string[] {
  const words = (found: Found) => [...found.fail.map((id) => `fail ${id}`), ...found.warn.map((id) => `warn ${id}`)]
  const only = (a: string[], b: string[]) => a.filter((word) => !b.includes(word))
  const both = [...only(words(one), words(other)), ...only(words(other), words(one))]
  return [...new Set(both.map((word) => word.slice(5)))]
}

describe('real servers get the verdict that was recorded', () => {
  afterAll(() => {
    if (update) writeFileSync(file, `${JSON.stringify({ ...known, ...found }, null, 2)}\n`)
  })

  it.each(interopServers.map((server) => [server.name, server] as const))('%s', async (name, server) => {
    const { run, seconds } = await judge(server)
    const out = process.env.INTEROP_RUNS
    if (out) {
      mkdirSync(out, { recursive: true })
      writeFileSync(join(out, `${name}.json`), JSON.stringify(run, null, 2))
    }
    expect(
      run.results.filter((result) => result.outcome.status === 'error').map(({ id, outcome }) => [id, outcome.message]),
    ).toEqual([])
    expect(seconds).toBeLessThan(server.seconds ?? 10)
    expect(run.verdict.exitCode).toBe(server.protected ? 4 : run.verdict.counts.fail > 0 ? 1 : 0)
    const now = { fail: idsOf(run, 'fail'), warn: idsOf(run, 'warn'), sometimes: known[name]?.sometimes ?? [] }
    const before = known[name] ?? now
    found[name] = { ...now, sometimes: [...new Set([...now.sometimes, ...differing(now, before)])].sort() }
    if (server.racy) expect(now.fail.filter((id) => before.fail.includes(id)).length).toBeGreaterThan(0)
    else if (!update) expect(differing(now, before).filter((id) => !before.sometimes.includes(id))).toEqual([])
  })
})
