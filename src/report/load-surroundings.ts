import { oneLine } from './clean.js'
import { bytes, mib, ms, msUnit, percent, plural, whole } from './figures.js'
import type { Latency, Load, ServerStats, StreamStats } from './load.js'
import { dueIn, totals } from './load-totals.js'
import { wrap } from './wrap.js'

/** What stood around the answers, each with its name: sessions, streams, what was not sent or not answered, the server's and the generator's share. */
export function surroundingFacts(load: Load): [name: string, text: string][] {
  const facts: [name: string, text: string | undefined][] = [
    ['sessions', sessions(load)],
    ['streams', load.streams && streams(load.streams)],
    ['unsent', unsent(load)],
    ['in flight', inFlight(load)],
    ['connections', reconnects(load)],
    ['bytes', traffic(load)],
    ['server', load.server && server(load.server)],
    ['generator', load.seconds > 0 ? generator(load) : undefined],
  ]
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]))
}

/** The same as lines of text. */
export function surroundings(load: Load, width: number): string[] {
  return surroundingFacts(load).flatMap(([name, text]) => wrap(text, width, '', `  ${name.padEnd(12)}`, ' '.repeat(14)))
}

function none(count: number): string {
  return count === 0 ? 'none' : whole(count)
}

function sessions(load: Load): string | undefined {
  const { opened, lost, closed, left, kibPerSession } = load.sessions
  const { initialize } = load.phases
  if (opened === 0 && lost === 0) return undefined
  const cost = initialize?.latency ? opening(initialize.latency, opened) : ''
  const leaving = left > 0 ? `, ${whole(left)} left without DELETE` : ''
  const memory = kibPerSession === undefined ? '' : `; ${growth(kibPerSession)}`
  return `${whole(opened)} opened${cost}, ${none(lost)} lost, ${none(closed)} closed${leaving}${memory}`
}

/** How much a server grew with each session, in words. */
function growth(kib: number): string {
  return kib === 0
    ? "the server's memory rose and fell by more than it grew with them"
    : `the server grew by ${ms(kib)} KiB per session`
}

function opening({ p50, p99 }: Latency, opened: number): string {
  return opened === 1 ? ` in ${msUnit(p50)}` : ` at ${msUnit(p50)} each (p99 ${msUnit(p99)})`
}

function streams(streams: StreamStats): string {
  const { asked, held, refused, dropped, firstRefusal } = streams
  const words = `${whole(held)} of ${whole(asked)} held, ${none(refused)} refused, ${none(dropped)} dropped by the server, ${arrivals(streams)}`
  return firstRefusal
    ? `${words}; the first was refused while ${whole(firstRefusal.held)} were held: ${refusalWords(streams)}`
    : words
}

function arrivals({ events, heard }: StreamStats): string {
  if (events === 0) return 'no event came'
  return `${plural(events, 'event')} came${heard === undefined ? '' : `, on ${whole(heard)} of them`}`
}

/** What the server said when it refused an event stream for the first time. */
export function refusalWords({ firstRefusal }: StreamStats): string {
  if (!firstRefusal) return 'nothing was said'
  const status = firstRefusal.status === undefined ? '' : `HTTP ${firstRefusal.status}, `
  return `${status}${oneLine(firstRefusal.message, 160)}`
}

function unsent(load: Load): string | undefined {
  if (load.dropped === 0) return undefined
  const due = dueIn(load)
  return `${plural(load.dropped, 'request')} of ${whole(due)} that were due (${percent(load.dropped, due)}) never went out: no connection was free`
}

/** In a closed loop every connection waits for an answer when time is up: that says nothing as long as there were answers before. */
function inFlight(load: Load): string | undefined {
  const { inFlightAtEnd: count, loop } = load
  if (count === 0 || (loop === 'closed' && totals(load).good > 0)) return undefined
  return `${plural(count, 'request')} had no answer yet when time was up; no figure above holds them`
}

function reconnects({ reconnects: { failed, closed } }: Load): string | undefined {
  if (failed === 0 && closed === 0) return undefined
  return `${none(failed)} lost by an error, ${none(closed)} closed by the server in good order`
}

function traffic(load: Load): string {
  const phases = Object.values(load.phases)
  const [sent, received] = (['sent', 'received'] as const).map((way) =>
    phases.reduce((sum, one) => sum + one.bytes[way], 0),
  )
  return `${bytes(sent!)} sent, ${bytes(received!)} received`
}

function server({ cpu, cpuMsPerRequest, rss }: ServerStats): string {
  const core = `CPU ${Math.round(cpu * 100)} % of one core, ${msUnit(cpuMsPerRequest)} per answer`
  return `${core}; memory ${mib(rss.start)} at the start, ${mib(rss.end)} at the end, ${mib(rss.max)} at most`
}

function generator({ generator, workers }: Load): string {
  const { engine, cpu = 0, cpuPerThousand = 0, eventLoopDelay, lateness } = generator
  const name = engine ? `${engine}, ` : ''
  if (generator.cpu === undefined) return `${name}${plural(workers, 'runner')}; what they used is not known here`
  const late = lateness ? `, requests sent ${msUnit(lateness.p99)} late at p99` : ''
  const cost = `${Number(cpuPerThousand.toPrecision(2))} CPU s per 1,000 answers`
  const loop = eventLoopDelay ? `, event loop ${msUnit(eventLoopDelay.p99)} late at p99` : ''
  return `${name}CPU ${Math.round(cpu * 100)} % of one core, ${cost}${loop}${late}`
}
