import { autocannonItself } from './accuracy-peers.js'
import { bar } from './bars.js'
import { printTable } from './columns.js'
import { findNginx } from './peers.js'
import { measure, pingPlan } from './ping-load.js'
import { plainLoop } from './plain-loop.js'
import { type BenchServer, startNginx, startOddServer, withServer } from './servers.js'

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
    'Servers that close connections: closed loop, 10 connections, median p50 of 3 rounds, ms',
    ['', 'plain loop', 'ours', 'autocannon itself', 'failed of ours', 'answers of ours'],
    rows,
  )
  for (const [name, plain, ours, , failed] of rows)
    bar(
      Math.abs(Number(ours) - Number(plain)) <= 1 && failed === 0,
      `${name}: p50 within 1 ms of a plain loop, nothing failed`,
    )
}

/** Median p50 of the plain loop, ours and autocannon itself in alternating rounds; failures and answers of ours. */
async function compareLoops(url: string): Promise<number[]> {
  const plain: number[] = []
  const ours: number[] = []
  const itself: number[] = []
  let failed = 0
  let answers = 0
  for (let round = 0; round < 3; round++) {
    const times = await plainLoop(url, 10, 4)
    plain.push(times[Math.floor(times.length / 2)] ?? Number.NaN)
    const { ping } = (await measure(pingPlan(url, { loop: 'closed', stages: [{ seconds: 4, connections: 10 }] })))
      .phases
    ours.push(ping?.latency?.p50 ?? Number.NaN)
    failed += ping?.failed ?? 0
    answers += ping?.count ?? 0
    itself.push((await autocannonItself(url, { connections: 10, seconds: 4 })).p50)
  }
  return [...[plain, ours, itself].map(middle), failed, answers]
}

function middle(values: number[]): number {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)]!
}
