import {
  type FailureExample,
  type FailureKind,
  failureKinds,
  type Latency,
  type Load,
  type PhaseStats,
} from './load.js'

/** Phases that prepare or end sessions: no threshold is about them unless it names one, and their answers carry no load. */
const aroundSessions = ['initialize', 'notifications/initialized', 'DELETE']

/** The phases that carry the load, by name. */
export function carrying(load: Load): [name: string, stats: PhaseStats][] {
  return Object.entries(load.phases).filter(([name]) => !aroundSessions.includes(name))
}

/** Good and failed requests over the phases that carry the load. */
export function totals(load: Load): { good: number; failed: number } {
  const phases = carrying(load).map(([, stats]) => stats)
  return { good: sum(phases.map((one) => one.count)), failed: sum(phases.map((one) => one.failed)) }
}

/** How many requests were due: answered, failed, still waited for, or never sent. */
export function dueIn(load: Load): number {
  const { good, failed } = totals(load)
  return good + failed + load.inFlightAtEnd + load.dropped
}

/** One kind of failure in one phase. */
export interface Failing {
  phase: string
  kind: FailureKind
  count: number
  example?: FailureExample
}

/** Every kind of failure that occurred, phase by phase, kinds in the order reports show them. */
export function failings(load: Load): Failing[] {
  return Object.entries(load.phases).flatMap(([phase, { errors, examples }]) =>
    failureKinds.flatMap((kind) => {
      const example = examples[kind]
      return errors[kind] ? [{ phase, kind, count: errors[kind], ...(example ? { example } : {}) }] : []
    }),
  )
}

/**
 * How many seconds at the end brought no good answer although some were due: the server was gone, or answered no more. 0 when it did not go
 * silent, and when it never gave a good answer at all.
 */
export function silentAtEnd(load: Load): number {
  const last = load.series.at(-1)
  const silent = [...load.series].reverse().findIndex((row) => row.count > 0)
  const asked = load.stages.at(-1)
  if (!last || silent <= 0 || asked?.connections === 0 || asked?.rate === 0) return 0
  const gone = last.connections === 0 && load.reconnects.failed > 0
  const slowest = Math.max(...carrying(load).map(([, { latency }]) => latency?.max ?? 0))
  const hangs = load.inFlightAtEnd > 0 && silent >= 2 && silent * 1000 > 2 * slowest
  return gone || hangs ? silent : 0
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0)
}

/** What a response time is made of, where that is worth a row. */
export function insideOf(load: Load, name: string, stats: PhaseStats): [what: string, latency: Latency][] {
  if (!carrying(load).some(([carrier]) => carrier === name)) return []
  const parts: [string, Latency | undefined][] = [
    ['service time', load.loop === 'open' ? stats.service : undefined],
    ['first byte', load.answers === 'sse' ? stats.firstByte : undefined],
    ['first event', stats.firstEvent],
  ]
  return parts.filter((part): part is [string, Latency] => part[1] !== undefined)
}
