/**
 * What went wrong with one request; each is counted apart, though most of them may come with HTTP 200.
 * `transport`: no connection, reset, or an unreadable HTTP answer. `timeout`: no whole answer in time. `http-status`: neither 200 nor what the
 * method allows. `session-lost`: 404 on a session that was live. `not-json-rpc`: a body that is no JSON-RPC message. `wrong-id`: an answer to
 * another id. `rpc-error`: a JSON-RPC error. `tool-error`: `isError: true`. `truncated-stream`: an SSE stream that ended without the answer.
 * `foreign-answer`: the right id with somebody else's canary. `input-required`: in mode modern, questions to the client in place of an answer.
 */
export type FailureKind =
  | 'transport'
  | 'timeout'
  | 'http-status'
  | 'session-lost'
  | 'not-json-rpc'
  | 'wrong-id'
  | 'rpc-error'
  | 'tool-error'
  | 'truncated-stream'
  | 'foreign-answer'
  | 'input-required'

/** The kinds in the order reports show them. */
export const failureKinds: readonly FailureKind[] = [
  'transport',
  'timeout',
  'http-status',
  'session-lost',
  'not-json-rpc',
  'wrong-id',
  'rpc-error',
  'tool-error',
  'truncated-stream',
  'foreign-answer',
  'input-required',
]

/** How load is made: `closed` keeps a number of connections busy, `open` starts requests at a rate whatever the answers do. */
export type Loop = 'closed' | 'open'

/** Who shares a session: all connections, nobody but one connection, or every request opens its own. */
export type SessionPolicy = 'shared' | 'per-connection' | 'per-request'

/** Whether requests carry a session; `modern` is revision 2026-07-28, which has none. */
export type LoadMode = 'stateful' | 'stateless' | 'modern'

/** A distribution in milliseconds with fractions, from an HDR histogram of microseconds (3 significant digits). */
export interface Latency {
  min: number
  mean: number
  p50: number
  p90: number
  p95: number
  p99: number
  p999: number
  max: number
}

/** The first failure of a kind, in full but bounded, secrets redacted. */
export interface FailureExample {
  /** Seconds after the start of the measured time. */
  second: number
  message: string
  status?: number
  request?: string
  response?: string
}

/** One method's share, such as `tools/call`, `initialize` or `DELETE`. */
export interface PhaseStats {
  /** Requests that were answered as they should be. */
  count: number
  /** Requests that failed, all kinds together. */
  failed: number
  /** Good answers per second of measured time. */
  rate: number
  errors: Partial<Record<FailureKind, number>>
  examples: Partial<Record<FailureKind, FailureExample>>
  /** Response time of good answers: from the intended start in an open loop, from the send in a closed one. Absent when there was none. */
  latency?: Latency
  /** From the send to the whole answer. */
  service?: Latency
  /** From the send to the first byte. */
  firstByte?: Latency
  /** From the send to the first event of an SSE answer. */
  firstEvent?: Latency
  bytes: { sent: number; received: number }
}

/** What happened within one second. */
export interface SecondStats {
  second: number
  /** Good answers. */
  count: number
  failed: number
  /** The failed ones by kind; absent where none failed. */
  errors?: Partial<Record<FailureKind, number>>
  /** Response time of that second's good answers, in ms. */
  p50?: number
  p99?: number
  /** Connections open and requests waiting for one at the end of the second. */
  connections: number
  waiting: number
  /** Event streams held open, in profiles that hold some. */
  streams?: number
  /** CPU share (1 is one core) and resident memory in MiB of the server, where they could be read. */
  serverCpu?: number
  serverRss?: number
}

/** One stage of the profile as it was run. */
export interface StageStats {
  name: string
  seconds: number
  /** What was asked at the end of the stage. */
  connections?: number
  rate?: number
  /** True when that was reached gradually, from what was asked before. */
  ramp?: true
  count: number
  failed: number
  /** Good answers per second. */
  achieved: number
  latency?: Latency
}

/** What became of the sessions. */
export interface SessionStats {
  opened: number
  /** Answered 404 while they should have been live. */
  lost: number
  closed: number
  /** Sessions that ended without DELETE on purpose, to see whether the server lets go of them. */
  left: number
  /**
   * How much the server grew with each session opened under load, in KiB of resident memory, where it could be read: near nothing when it lets go
   * of ended ones, what a session costs when they were left open. 0 when its memory moved up and down by more than it grew.
   */
  kibPerSession?: number
}

/** Held event streams: how many were asked for, held, refused, dropped by the server, and whether events still came. */
export interface StreamStats {
  asked: number
  held: number
  refused: number
  dropped: number
  events: number
  /** On how many of them an event came. */
  heard?: number
  /** How many were held when the first one was refused, and what the server said. */
  firstRefusal?: { held: number; status?: number; message: string }
}

/** Outcome of a capacity search. Rates are requests per second. */
export interface CapacityStats {
  /** The objective that had to hold, in threshold grammar. */
  objective: string[]
  /** Highest rate that held; absent when none did. */
  held?: number
  /** Lowest rate that broke; absent when none did. */
  broke?: number
  steps: { rate: number; achieved: number; held: boolean; p99?: number; errors: number; reason?: string }[]
}

/** What the generator knows of itself. */
export interface GeneratorStats {
  /** Where another program made the load. What it used is then unknown, unless it ran here. */
  engine?: 'k6'
  /** Its CPU share while measuring; 1 is one core, the busiest worker counts; of k6 all cores together. */
  cpu?: number
  /** Delay of its event loop, in ms; k6 has none. */
  eventLoopDelay?: { mean: number; p99: number; max: number }
  /** How late requests were sent after their intended start though a connection was free, in ms; open loops only. */
  lateness?: Latency
  /** CPU seconds per 1,000 answers. */
  cpuPerThousand?: number
  /** True when the generator was the limit: then the numbers say more of it than of the server. */
  limited: boolean
  /** The reason in one plain sentence, when limited. */
  sentence?: string
}

/** The server's own consumption, for a server whose process could be watched. */
export interface ServerStats {
  pid?: number
  /** Average CPU share (1 is one core) and CPU milliseconds per answered request. */
  cpu: number
  cpuMsPerRequest: number
  /** Resident memory in MiB. */
  rss: { start: number; end: number; max: number }
}

/** One threshold and whether it held. `actual` is in the unit of the threshold, null when nothing was measured. */
export interface ThresholdOutcome {
  text: string
  held: boolean
  actual: number | null
}

/** One load on one target: plain JSON. Times are ms with fractions unless a name says otherwise. */
export interface Load {
  profile: string
  target: { url: string; name?: string }
  mode: LoadMode
  session: SessionPolicy
  loop: Loop
  /** How the server answered: one JSON body or an event stream. */
  answers?: 'json' | 'sse'
  revision?: string
  startedAt: string
  /** Measured time, opening of sessions before it not counted. */
  seconds: number
  connections: number
  workers: number
  phases: Record<string, PhaseStats>
  stages: StageStats[]
  sessions: SessionStats
  streams?: StreamStats
  capacity?: CapacityStats
  /** Requests that were due but never sent, for want of a free connection. */
  dropped: number
  /** Requests without an answer when time was up: in no distribution. */
  inFlightAtEnd: number
  /** Connections lost by an error, and connections the server closed in good order. */
  reconnects: { failed: number; closed: number }
  series: SecondStats[]
  /** Per phase, response times as HDR V2, base64, in microseconds: they merge exactly. */
  histograms: Record<string, string>
  generator: GeneratorStats
  server?: ServerStats
  thresholds: ThresholdOutcome[]
  /** True when the user ended it early. */
  interrupted?: boolean
  /** Why nothing or not all could be measured, in one sentence. */
  obstacle?: string
}
