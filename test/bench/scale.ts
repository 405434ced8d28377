import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readProcessTree } from '../../src/load/process-tree.js'
import type { Run } from '../../src/report/run.js'
import { findK6 } from './peers.js'
import { type BenchServer, withServer } from './servers.js'

/*
 * What one core drives, with our own engine and with k6: CPU seconds per 1,000 calls with 50 busy connections, and memory per session with sessions that
 * call once in ten seconds, in alternating rounds against a small server in a process of its own. The figures of docs/scale.md.
 * `npm run bench:scale -- --rounds 3 --seconds 8 --sessions 500,2000`
 */

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '8' },
    sessions: { type: 'string', default: '500,2000' },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'gauntlet-scale-'))
const cli = resolve('dist/src/cli.js')
const k6 = await findK6()
const env = { ...process.env, PATH: `${dirname(k6?.file ?? '')}${delimiter}${process.env.PATH}` }
const engines = k6 ? ['built-in', 'k6'] : ['built-in']
const idle = join(folder, 'idle.json')
writeFileSync(
  idle,
  JSON.stringify({
    description: 'a call in ten seconds',
    loop: 'closed',
    think: 10,
    stages: [{ seconds: 20, connections: 1 }],
  }),
)

interface Figures {
  perSecond: number
  cpuPerThousand: number
  /** The most memory of the process and its children, in MiB. */
  rss: number
}

async function measure(url: string, ...args: string[]): Promise<Figures> {
  const child = spawn(process.execPath, [cli, 'load', url, '--tool', 'echo={"text":"hello"}', ...args, '--json'], {
    env,
  })
  let stdout = ''
  let rss = 0
  child.stdout.on('data', (data) => {
    stdout += data
  })
  const watch = setInterval(async () => {
    rss = Math.max(rss, ((await readProcessTree(child.pid!))?.rssKib ?? 0) / 1024)
  }, 250)
  await new Promise((done) => child.on('close', done))
  clearInterval(watch)
  const load = (JSON.parse(stdout) as Run).loads[0]!
  const { rate = 0 } = load.phases['tools/call'] ?? {}
  return { perSecond: rate, cpuPerThousand: load.generator.cpuPerThousand ?? 0, rss }
}

async function startServer(answers: 'json' | 'sse'): Promise<BenchServer> {
  const child = fork(new URL('./sessions-server.js', import.meta.url), [answers], { execArgv: [] })
  const [url] = (await once(child, 'message')) as [string]
  return {
    url,
    async close() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

function spread(numbers: readonly number[], digits: number): string {
  const sorted = numbers.toSorted((one, other) => one - other)
  const show = (at: number) => sorted[at]!.toFixed(digits)
  return `${show(Math.floor((sorted.length - 1) / 2))} [${show(0)}–${show(sorted.length - 1)}]`
}

async function busy(answers: 'json' | 'sse', url: string): Promise<void> {
  const found = new Map(engines.map((engine) => [engine, [] as Figures[]]))
  const how = ['--connections', '50', '--duration', `${values.seconds}s`]
  for (let round = 0; round < Number(values.rounds); round++)
    for (const engine of round % 2 === 0 ? engines : engines.toReversed())
      found.get(engine)!.push(await measure(url, '--engine', engine, ...how))
  for (const [engine, all] of found) {
    const cpu = spread(
      all.map(({ cpuPerThousand }) => cpuPerThousand),
      3,
    )
    const rate = spread(
      all.map(({ perSecond }) => perSecond),
      0,
    )
    const memory = spread(
      all.map(({ rss }) => rss),
      0,
    )
    console.log(
      `${answers}, 50 busy connections, ${engine}: ${cpu} CPU s per 1,000 calls, ${rate} calls/s, ${memory} MiB`,
    )
  }
}

async function quiet(url: string): Promise<void> {
  for (const sessions of values.sessions.split(','))
    for (const engine of engines) {
      const { rss, perSecond } = await measure(url, '--engine', engine, '--profile', idle, '--connections', sessions)
      console.log(`${sessions} quiet sessions, ${engine}: ${rss.toFixed(0)} MiB, ${perSecond.toFixed(1)} calls/s`)
    }
}

try {
  for (const answers of ['json', 'sse'] as const) await withServer(startServer(answers), (url) => busy(answers, url))
  await withServer(startServer('json'), quiet)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
