import { autocannonItself } from './accuracy-peers.js'
import { bar } from './bars.js'
import { printTable } from './columns.js'
import { findNginx } from './peers.js'
import { measure, pingPlan } from './ping-load.js'
import { plainLoop } from './plain-loop.js'
import { type BenchServer, startNginx, startOddServer, withServer } from './servers.js'

const connections = 10
const rounds = 7
const seconds = 1.5

/** Response times on servers that close their connections, beside those of the simplest loop there is. */
export async function closes(): Promise<void> {
  const nginx = await findNginx()
  const behindNginx = async (keepalive: number): Promise<BenchServer> => {
    const behind = await startOddServer('plain')
    const front = await startNginx(nginx!, behind.url, keepalive)
    return { url: front.url, close: () => front.close().then(behind.close) }
  }
  const servers: [string, () => Promise<BenchServer>][] = [
    ['keeps connections', () => startOddServer('plain')],
    ['Connection: close', () => startOddServer('closes')],
    ['10 answers per connection', () => startOddServer('limits')],
  ]
  if (nginx)
    servers.push(
      ['nginx as it comes (1000)', () => behindNginx(1000)],
      ['nginx, keepalive_requests 100', () => behindNginx(100)],
    )
  const rows: (string | number)[][] = []
  for (const [name, start] of servers) rows.push([name, ...(await withServer(start(), compareLoops))])
  printTable(
    `Servers that close connections: closed loop, 10 connections, medians of ${rounds} rounds side by side, ms`,
    ['', 'plain loop', 'ours', 'ours - plain', 'autocannon itself', 'failed of ours', 'answers of ours'],
    rows,
  )
  for (const [name, , , apart, , failed] of rows)
    bar(
      Math.abs(Number(apart)) <= 1 && failed === 0,
      `${name}: p50 within 1 ms of a plain loop (${Number(apart).toFixed(2)} ms), nothing failed`,
    )
}

/**
 * Median p50 of the plain loop and of ours, and the median of what they are apart in each round, which other work on the machine disturbs less;
 * p50 of autocannon itself; failures and answers of ours.
 */
async function compareLoops(url: string): Promise<number[]> {
  const plain: number[] = []
  const ours: number[] = []
  let failed = 0
  let answers = 0
  for (let round = 0; round < rounds; round++) {
    const both = [
      async () => plain.push(await plainP50(url)),
      async () => {
        const { ping } = (await measure(pingPlan(url, { loop: 'closed', stages: [{ seconds, connections }] }))).phases
        ours.push(ping?.latency?.p50 ?? Number.NaN)
        failed += ping?.failed ?? 0
        answers += ping?.count ?? 0
      },
    ]
    for (const one of round % 2 === 0 ? both : both.toReversed()) await one()
  }
  const apart = ours.map((own, round) => own - plain[round]!)
  const itself = await autocannonItself(url, { connections, seconds: 4 })
  return [...[plain, ours, apart].map(middle), itself.p50, failed, answers]
}

async function plainP50(url: string): Promise<number> {
  const times = await plainLoop(url, connections, seconds)
  return times[Math.floor(times.length / 2)] ?? Number.NaN
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!
}
