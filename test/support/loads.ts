import type { ComparedMetric, ComparedValue, Comparison, Ratio, Trial } from '../../src/report/comparison.js'
import type { Latency, Load, PhaseStats, SecondStats, StageStats } from '../../src/report/load.js'

/** A distribution around a median, in ms. */
export function latencyOf(p50: number): Latency {
  return {
    min: p50 * 0.4,
    mean: p50 * 1.1,
    p50,
    p90: p50 * 1.5,
    p95: p50 * 1.9,
    p99: p50 * 4,
    p999: p50 * 9,
    max: p50 * 20,
  }
}

/** A phase without failures, changed as told. */
export function phaseOf(count: number, changes: Partial<PhaseStats> = {}): PhaseStats {
  return {
    count,
    failed: 0,
    rate: count / 10,
    errors: {},
    examples: {},
    ...(count > 0 ? { latency: latencyOf(1.98) } : {}),
    bytes: { sent: count * 300, received: count * 520 },
    ...changes,
  }
}

/** One second of a load, changed as told. */
export function secondOf(second: number, changes: Partial<SecondStats> = {}): SecondStats {
  return {
    second,
    count: 4821 + (second % 3) * 40,
    failed: 0,
    p50: 1.98,
    p99: 7.92 + (second % 4),
    connections: 10,
    waiting: 0,
    ...changes,
  }
}

/** A stage of ten connections, changed as told. */
export function stageOf(name: string, changes: Partial<StageStats> = {}): StageStats {
  return {
    name,
    seconds: 10,
    connections: 10,
    count: 48_210,
    failed: 0,
    achieved: 4821,
    latency: latencyOf(1.98),
    ...changes,
  }
}

/** The load of a healthy stateful server over ten seconds, changed as told. */
export function measured(changes: Partial<Load> = {}): Load {
  return {
    profile: 'steady',
    target: { url: 'http://127.0.0.1:3000/mcp' },
    mode: 'stateful',
    session: 'per-connection',
    loop: 'closed',
    answers: 'json',
    revision: '2025-11-25',
    startedAt: '2026-01-02T03:04:05.678Z',
    seconds: 10,
    connections: 10,
    workers: 1,
    phases: {
      initialize: phaseOf(10, { rate: 312, latency: latencyOf(3.2) }),
      'tools/call': phaseOf(48_210, { firstByte: latencyOf(1.6) }),
      DELETE: phaseOf(10, { rate: 402, latency: latencyOf(0.9) }),
    },
    stages: [stageOf('steady')],
    sessions: { opened: 10, lost: 0, closed: 10, left: 0 },
    dropped: 0,
    inFlightAtEnd: 0,
    reconnects: { failed: 0, closed: 0 },
    series: Array.from({ length: 10 }, (_, second) => secondOf(second)),
    histograms: {},
    generator: {
      cpu: 0.61,
      eventLoopDelay: { mean: 0.1, p99: 1.2, max: 8 },
      cpuPerThousand: 0.13,
      limited: false,
    },
    thresholds: [{ text: 'rate(errors)<1%', held: true, actual: 0 }],
    ...changes,
  }
}

/** A load on which everything happened that a load can tell of. */
export function eventful(changes: Partial<Load> = {}): Load {
  const errors = { transport: 24, 'http-status': 180 }
  const examples = {
    transport: { second: 4.1, message: 'socket hang up' },
    'http-status': {
      second: 3.2,
      status: 500,
      message: 'HTTP 500',
      request:
        'POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:3000\r\nAccept: */*\r\n\r\n{"jsonrpc":"2.0","id":12,"method":"tools/call"}',
      response: 'HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\noops',
    },
  }
  return measured({
    profile: 'soak',
    target: { url: 'http://127.0.0.1:3000/mcp', name: 'reference:stateful' },
    loop: 'open',
    answers: 'sse',
    connections: 50,
    workers: 2,
    phases: {
      initialize: phaseOf(120),
      'tools/call': phaseOf(48_210, {
        failed: 204,
        errors,
        examples,
        service: latencyOf(1.2),
        firstByte: latencyOf(0.8),
        firstEvent: latencyOf(1),
      }),
    },
    stages: ['warm', 'climb', 'hold'].map((name, at) => {
      const { connections: _, ...stage } = stageOf(name, { rate: 100 * (at + 1), failed: at * 102 })
      return stage
    }),
    sessions: { opened: 120, lost: 2, closed: 0, left: 118, kibPerSession: 14.2 },
    streams: {
      asked: 200,
      held: 180,
      refused: 20,
      dropped: 0,
      events: 1204,
      firstRefusal: { held: 180, status: 503, message: 'too many streams' },
    },
    dropped: 12,
    inFlightAtEnd: 3,
    reconnects: { failed: 24, closed: 3 },
    series: Array.from({ length: 60 }, (_, second) =>
      secondOf(second, {
        failed: second % 7 === 0 ? 12 : 0,
        waiting: second % 5,
        streams: 3 * second,
        serverCpu: 0.6,
        serverRss: 88 + second / 3,
      }),
    ),
    histograms: { 'tools/call': 'HISTFAAA' },
    generator: {
      cpu: 0.97,
      eventLoopDelay: { mean: 1, p99: 12, max: 40 },
      lateness: latencyOf(0.1),
      cpuPerThousand: 0.21,
      limited: true,
      sentence: 'The generator was the limit: it used 97 % of a core.',
    },
    server: { pid: 4242, cpu: 0.61, cpuMsPerRequest: 0.12, rss: { start: 88, end: 108, max: 110 } },
    thresholds: [
      { text: 'rate(errors)<1%', held: true, actual: 0.42 },
      { text: 'tools/call:p(95)<3ms', held: false, actual: 3.76 },
    ],
    ...changes,
  })
}

/** A capacity search that found its knee, changed as told. */
export function capacityOf(changes: Partial<NonNullable<Load['capacity']>> = {}): NonNullable<Load['capacity']> {
  return {
    objective: ['p(99)<100ms', 'rate(errors)<1%'],
    held: 800,
    broke: 900,
    steps: [
      { rate: 800, achieved: 799, held: true, p99: 41, errors: 0 },
      { rate: 1600, achieved: 1012.3, held: false, p99: 412, errors: 3, reason: 'p(99)<100ms was 412 ms' },
      { rate: 900, achieved: 880, held: false, errors: 20, reason: 'rate(errors)<1% was 2.2 %' },
    ],
    ...changes,
  }
}

/** The reference server with and without sessions, changed as told. */
export function comparisonOf(changes: Partial<Comparison> = {}): Comparison {
  return {
    targets: [
      { url: 'http://127.0.0.1:3000/mcp', name: 'reference:stateful', mode: 'stateful', revision: '2025-11-25' },
      { url: 'http://127.0.0.1:3001/mcp', name: 'reference:stateless', mode: 'stateless', revision: '2025-11-25' },
    ],
    method: 'tools/call',
    tool: 'get_weather',
    startedAt: '2026-01-02T03:04:05.678Z',
    seconds: 81.2,
    workers: 1,
    trials: [trialOf()],
    ...changes,
  }
}

/** One trial of two targets, changed as told. */
export function trialOf(changes: Partial<Trial> = {}): Trial {
  return {
    loop: 'closed',
    session: 'per-connection',
    connections: 10,
    rounds: 4,
    seconds: 5,
    sides: [
      { good: 96_420, failed: 0, dropped: 0, latency: latencyOf(1.98), histogram: 'HISTFAAA' },
      { good: 66_102, failed: 0, dropped: 0, latency: latencyOf(2.9) },
    ],
    values: [
      comparedOf('throughput', [4821, 3305], { ratio: 0.69, low: 0.64, high: 0.73, shown: true }),
      comparedOf('p50', [1.98, 2.9], { ratio: 1.46, low: 1.38, high: 1.55, shown: true }),
      comparedOf('p99', [7.9, 8.1], { ratio: 1.03, low: 0.91, high: 1.16, shown: false }),
      comparedOf('session-memory', [14.2, null], null),
    ],
    ...changes,
  }
}

/** One metric of two targets. */
export function comparedOf(metric: ComparedMetric, values: (number | null)[], ratio: Ratio | null): ComparedValue {
  const unit = metric === 'throughput' ? '/s' : metric === 'session-memory' ? 'KiB' : 'ms'
  const better = metric === 'throughput' ? 'more' : 'less'
  return { metric, unit, better, values, rounds: values.map((value) => [value, value]), ratios: [null, ratio] }
}
