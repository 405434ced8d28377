/** A server that answers after `serviceMs`, but gives no answer within the third second of every five: what was due then comes at its end. */
export const freezing = { serviceMs: 1, everyMs: 5000, fromMs: 2000, toMs: 3000 } as const

/** When such a server answers a request that arrives at `arrivedMs` after its clock started. */
export function answeredAt(arrivedMs: number): number {
  const due = arrivedMs + freezing.serviceMs
  const within = due % freezing.everyMs
  return within >= freezing.fromMs && within < freezing.toMs ? due - within + freezing.toMs : due
}

/** What must be measured of it, in ms. */
export interface Truth {
  answered: number
  unsent: number
  inFlight: number
  p50: number
  p90: number
  p99: number
  max: number
}

/**
 * The truth about a constant rate against such a server: the k-th request starts at k / rate seconds and its answer is awaited over one of
 * `connections`. Those unanswered at the end are in flight as far as there are connections; the rest was never sent.
 */
export function truthOf(rate: number, seconds: number, connections: number): Truth {
  const starts = Array.from({ length: rate * seconds }, (_, index) => (index * 1000) / rate)
  const waits = starts
    .map((start) => ({ start, end: answeredAt(start) }))
    .filter(({ end }) => end <= seconds * 1000)
    .map(({ start, end }) => end - start)
    .sort((one, other) => one - other)
  const at = (percentile: number) => waits[Math.ceil((percentile / 100) * waits.length) - 1] ?? 0
  const rest = starts.length - waits.length
  const inFlight = Math.min(rest, connections)
  return {
    answered: waits.length,
    unsent: rest - inFlight,
    inFlight,
    p50: at(50),
    p90: at(90),
    p99: at(99),
    max: at(100),
  }
}
