import type { Load } from '../../src/report/load.js'
import { autocannonItself, k6Itself } from './accuracy-peers.js'
import { bar } from './bars.js'
import { printTable } from './columns.js'
import { freezing, truthOf } from './freezing.js'
import { findK6 } from './peers.js'
import { measure, pingPlan } from './ping-load.js'
import { startOddServer, withServer } from './servers.js'

const rate = 200
const connections = 50

/** Response times under a constant rate on a server that freezes, beside the truth and what peers say. */
export async function freezes(): Promise<void> {
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

/** What is counted when time is up while the server is frozen. */
export async function endsFrozen(): Promise<void> {
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
  // By one: the server's clock starts when the first request has come to it, and one is due at the very start of the freeze.
  bar(
    load.inFlightAtEnd === truth.inFlight && Math.abs(load.dropped - truth.unsent) <= 1,
    'unsent and in flight are counted',
  )
  bar(
    count + failed + load.dropped + load.inFlightAtEnd === rate * seconds,
    'every request that was due is accounted for',
  )
}

function openPlan(url: string, seconds: number) {
  return pingPlan(url, { loop: 'open', connections, stages: [{ seconds, rate }] })
}

function near(measured: number, truth: number): boolean {
  return Math.abs(measured / truth - 1) <= 0.05
}

function selfOf({ generator }: Load): string {
  const { cpu = 0, lateness, sentence } = generator
  return `generator: ${Math.round(cpu * 100)} % of a core, lateness p99 ${lateness?.p99} ms${sentence ? `; it says: ${sentence}` : ''}`
}
