import { execFileSync } from 'node:child_process'
import type { Load } from '../../src/report/load.js'
import { autocannonItself, k6Itself } from './accuracy-peers.js'
import { printTable } from './columns.js'
import { freezing, truthOf } from './freezing.js'
import { findK6, findNginx } from './peers.js'
import { measure, pingPlan } from './ping-load.js'
import { plainLoop } from './plain-loop.js'
import { type BenchServer, startNginx, startOddServer } from './servers.js'

/* Prints how near to the truth response times are: on a server that freezes, and on servers that close their connections. */

const rate = 200
const connections = 50
let missed = 0

/** Says whether a bar holds. */
function bar(holds: boolean, words: string): void {
  console.log(`  ${holds ? 'held  ' : 'MISSED'}  ${words}`)
  if (!holds) missed++
}

function near(measured: number, truth: number): boolean {
  return Math.abs(measured / truth - 1) <= 0.05
}

function openPlan(url: string, seconds: number) {
  return pingPlan(url, { loop: 'open', connections, stages: [{ seconds, rate }] })
}

async function withServer<Found>(server: Promise<BenchServer>, use: (url: string) => Promise<Found>): Promise<Found> {
  const { url, close } = await server
  try {
    return await use(url)
  } finally {
    await close()
  }
}

/** Lets nothing else on this machine come between, where the system allows it: what is measured is the tool, not who shares its cores. */
function urgent(yes: boolean): boolean {
  try {
    execFileSync('chrt', ['--all-tasks', yes ? '--rr' : '--other', '--pid', yes ? '20' : '0', String(process.pid)], {
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}

async function freeze(): Promise<void> {
  const seconds = 30
  const truth = truthOf(rate, seconds, connections)
  const load = await withServer(startOddServer('freezes'), (url) => measure(openPlan(url, seconds)))
  const { latency, service } = load.phases.ping!
  const figures = ({ p50, p90, p99, max }: { p50: number; p90: number; p99: number; max: number }) => [
    p50,
    p90,
    p99,
    max,
  ]
  const itself = await withServer(startOddServer('freezes'), (url) =>
    autocannonItself(url, { connections, seconds, rate }),
  )
  const k6 = await findK6()
  const k6Found =
    k6 && (await withServer(startOddServer('freezes'), (url) => k6Itself(k6, url, { users: 300, seconds, rate })))
  printTable(
    `A server that freezes ${freezing.fromMs / 1000} to ${freezing.toMs / 1000} s of every ${freezing.everyMs / 1000} s: ${rate}/s for ${seconds} s, ms`,
    ['', 'answered', 'unsent', 'in flight', 'p50', 'p90', 'p99', 'max'],
    [
      ['truth', truth.answered, truth.unsent, truth.inFlight, ...figures(truth)],
      [
        `ours, response time, ${connections} connections`,
        load.phases.ping!.count,
        load.dropped,
        load.inFlightAtEnd,
        ...figures(latency!),
      ],
      ['ours, service time', undefined, undefined, undefined, ...figures(service!)],
      [`autocannon itself, ${connections} connections`, itself.answered, undefined, undefined, ...figures(itself)],
      ...(k6Found ? [['k6, 300 virtual users', k6Found.answered, k6Found.unsent, undefined, ...figures(k6Found)]] : []),
    ],
  )
  for (const name of ['p90', 'p99', 'max'] as const)
    bar(near(latency![name], truth[name]), `${name} within 5 % of the truth`)
  bar(Math.abs(latency!.p50 - truth.p50) <= 2, 'p50 within 2 ms of the truth')
  console.log(`          ${selfOf(load)}`)
}

function selfOf({ generator }: Load): string {
  const { cpu, lateness, sentence } = generator
  return `generator: ${Math.round(cpu * 100)} % of a core, lateness p99 ${lateness?.p99} ms${sentence ? `; it says: ${sentence}` : ''}`
}

async function endWithinFreeze(): Promise<void> {
  const seconds = 7.5
  const truth = truthOf(rate, seconds, connections)
  const load = await withServer(startOddServer('freezes'), (url) => measure(openPlan(url, seconds)))
  const { count, failed } = load.phases.ping!
  printTable(
    `The same for ${seconds} s: time is up within a freeze`,
    ['', 'answered', 'failed', 'unsent', 'in flight'],
    [
      ['truth', truth.answered, 0, truth.unsent, truth.inFlight],
      ['ours', count, failed, load.dropped, load.inFlightAtEnd],
    ],
  )
  bar(load.inFlightAtEnd === truth.inFlight && load.dropped === truth.unsent, 'unsent and in flight are counted')
  bar(
    count + failed + load.dropped + load.inFlightAtEnd === rate * seconds,
    'every request that was due is accounted for',
  )
}

async function closing(): Promise<void> {
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

console.log(
  urgent(true)
    ? 'At real-time priority, so that other work on this machine stays out of it.'
    : 'At normal priority (real time is not allowed here): other work on this machine is in the figures.',
)
await freeze()
await endWithinFreeze()
urgent(false)
await closing()
console.log(missed === 0 ? '\nEvery bar holds.' : `\n${missed} missed.`)
process.exitCode = missed === 0 ? 0 : 1
