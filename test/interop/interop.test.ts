import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { assess } from '../../src/conformance/assess.js'
import { loadChecks } from '../../src/conformance/registry.js'
import { assembleRun, type Ingredients } from '../../src/report/assemble.js'
import type { Run } from '../../src/report/run.js'
import { type InteropServer, interopInstalled, interopServers, startInterop } from './servers.js'

/** What each server was recorded to break: a change here is a change of our verdicts, to be read against the spec. */
interface Found {
  fail: string[]
  warn: string[]
  /** What depends on the moment: a race in the server that a run may or may not hit. docs/interop.md says why. */
  sometimes: string[]
}

const file = new URL('./findings.json', import.meta.url)
const known: Record<string, Found> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
const update = process.env.UPDATE_FINDINGS === '1'
const recorded: Record<string, Found> = {}
const told: string[] = []
const checks = (await loadChecks()).filter((check) => !check.slow)

/** A verdict has changed when this many runs in a row show the same difference; what fewer show is told, and is noise or a race. */
const runsToBelieve = 3

async function judge(server: InteropServer): Promise<{ run: Run; seconds: number }> {
  const started = await startInterop(server)
  const begin = performance.now()
  try {
    const parts: Ingredients['parts'] = []
    const asked = checks.filter(({ suite }) => server.suites?.includes(suite) ?? true)
    for await (const event of assess(started.url, asked, { tools: server.safeTools }))
      if (event.type === 'part') parts.push({ part: event.part, results: event.results })
    const ms = performance.now() - begin
    return { run: assembleRun({ version: '0', startedAt: new Date(), ms, parts }), seconds: ms / 1000 }
  } finally {
    await started.close()
  }
}

/** Judges a server once and holds the run to what every run must keep. Returns what it found, as `fail <id>` and `warn <id>`. */
async function found(name: string, server: InteropServer): Promise<string[]> {
  const { run, seconds } = await judge(server)
  const out = process.env.INTEROP_RUNS
  if (out) {
    mkdirSync(out, { recursive: true })
    writeFileSync(join(out, `${name}.json`), JSON.stringify(run, null, 2))
  }
  const requests = run.parts.reduce((sum, part) => sum + part.requests, 0)
  told.push(`${name.padEnd(24)} ${seconds.toFixed(1).padStart(6)} s ${String(requests).padStart(6)} requests`)
  const errors = run.results.filter((result) => result.outcome.status === 'error')
  expect(errors.map(({ id, outcome }) => [id, outcome.message])).toEqual([])
  expect(run.verdict.exitCode).toBe(server.protected ? 4 : run.verdict.counts.fail > 0 ? 1 : 0)
  const graded = run.results.map(({ id, outcome }) => `${outcome.status} ${id}`)
  return [...new Set(graded.filter((word) => /^(fail|warn) /.test(word)))].sort()
}

const wordsOf = ({ fail, warn }: Found) => [...fail.map((id) => `fail ${id}`), ...warn.map((id) => `warn ${id}`)]
const idOf = (word: string) => word.slice(5)

/** Findings that only one of two runs has, each with a sign of which. */
function differences(now: string[], before: string[]): string[] {
  const only = (a: string[], b: string[], sign: string) =>
    a.filter((word) => !b.includes(word)).map((word) => sign + word)
  return [...only(now, before, '+'), ...only(before, now, '-')]
}

/** What lasts over two runs is the record, and what does not is what depends on the moment. */
function record(one: string[], other: string[], sometimes: string[]): Found {
  const both = one.filter((word) => other.includes(word))
  const ids = (grade: string) => both.filter((word) => word.startsWith(grade)).map(idOf)
  const unsteady = differences(one, other).map((word) => idOf(word.slice(1)))
  return { fail: ids('fail'), warn: ids('warn'), sometimes: [...new Set([...sometimes, ...unsteady])].sort() }
}

describe('real servers get the verdict that was recorded', () => {
  afterAll(() => {
    if (update) writeFileSync(file, `${JSON.stringify({ ...known, ...recorded }, null, 2)}\n`)
    console.log(told.join('\n'))
  })

  for (const server of interopServers) {
    const missing = server.needs === 'go' && !interopInstalled(server)
    const title = missing ? `${server.name}: skipped, there is no Go here` : server.name
    it.skipIf(missing)(title, () => holdToRecord(server))
  }

  async function holdToRecord(server: InteropServer): Promise<void> {
    const { name } = server
    const before = known[name] ?? { fail: [], warn: [], sometimes: [] }
    const first = await found(name, server)
    if (update) {
      recorded[name] = record(first, await found(name, server), before.sometimes)
      return
    }
    const changes = (now: string[]) =>
      differences(now, wordsOf(before)).filter((word) => !before.sometimes.includes(idOf(word.slice(1))))
    let lasting = changes(first)
    for (let run = 1; run < runsToBelieve && lasting.length > 0; run++) {
      told.push(...lasting.map((word) => `  ${word}: once more`))
      const again = changes(await found(name, server))
      lasting = lasting.filter((word) => again.includes(word))
    }
    expect(lasting).toEqual([])
  }
})
