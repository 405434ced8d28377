/**
 * Runs the whole check many times on the same server and prints every check whose outcome was not the same in all runs:
 * `npm run steady -- [--runs n] [--target name]... [--only prefix]... [--busy] [--minutes m] [--keep file.json]`. A name is
 * `reference:<mode>`, a real server of test/interop, or a URL; without one it is every mode of the reference server and three real servers.
 * `--busy` burns every core beside it. `--minutes` begins no further run after so long, and `--keep` adds to what earlier calls have counted,
 * so that hundreds of runs may be done in portions.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { assess } from '../../src/conformance/assess.js'
import type { LoadedCheck } from '../../src/conformance/check.js'
import { loadChecks } from '../../src/conformance/registry.js'
import { burn } from './burner.js'
import { count, emptyTally, linesOf, type Tally, unsteady } from './tally.js'
import { realServers, referenceModes, type SteadyTarget, startTarget } from './targets.js'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10' },
    target: { type: 'string', multiple: true, default: [...referenceModes, ...realServers] },
    only: { type: 'string', multiple: true, default: [''] },
    busy: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '60' },
    keep: { type: 'string' },
  },
})
const runs = Number(values.runs)
const minutes = Number(values.minutes)
if (!(runs > 0 && minutes > 0)) {
  console.error('--runs and --minutes: give a number above 0')
  process.exit(2)
}
const end = performance.now() + minutes * 60_000
const checks = (await loadChecks()).filter(
  ({ id, slow }) => !slow && values.only.some((prefix) => id.startsWith(prefix)),
)
const kept: Record<string, Tally> =
  values.keep && existsSync(values.keep) ? JSON.parse(readFileSync(values.keep, 'utf8')) : {}
const cool = values.busy ? burn(availableParallelism()) : async () => {}
for (const name of values.target) {
  if (performance.now() > end) break
  kept[name] ??= emptyTally()
  const tally = kept[name]
  const target = await startTarget(name)
  try {
    for (let done = 0; done < runs && performance.now() < end; done++) await judgeOnce(target, tally)
  } finally {
    await target.close()
  }
  print(name, tally)
  if (values.keep) writeFileSync(values.keep, JSON.stringify(kept))
}
await cool()
process.exit(Object.values(kept).some((tally) => unsteady(tally).length > 0) ? 1 : 0)

async function judgeOnce({ url, options, suites }: SteadyTarget, tally: Tally): Promise<void> {
  const asked: LoadedCheck[] = checks.filter(({ suite }) => suites?.includes(suite) ?? true)
  const started = performance.now()
  let strained = false
  tally.runs++
  for await (const event of assess(url, asked, options)) {
    if (event.type !== 'part') continue
    const { facts, obstacle } = event.part.target
    strained ||= facts?.strained === true || facts?.waits === true
    count(tally, facts?.modern ? 'without handshake' : 'with handshake', event.results)
    if (obstacle) console.error(`${url}: ${obstacle.message}`)
  }
  tally.seconds += (performance.now() - started) / 1000
  if (strained) tally.strained++
}

function print(name: string, tally: Tally): void {
  const found = unsteady(tally)
  const each = (tally.seconds / tally.runs).toFixed(1)
  const slow = tally.strained > 0 ? `, found strained or waiting in ${tally.strained}` : ''
  console.log(
    `${name}: ${tally.runs} runs of ${each} s${slow}: ${found.length} of ${Object.keys(tally.checks).length} checks unsteady`,
  )
  for (const one of found) console.log(linesOf(...one).join('\n'))
}
