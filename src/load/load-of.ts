import type {
  CapacityStats,
  GeneratorStats,
  Load,
  PhaseStats,
  ServerStats,
  StageStats,
  StreamStats,
} from '../report/load.js'
import { redactor } from '../wire/redact.js'
import { coresLimit, limitOf } from './generator-limit.js'
import { encodeHistogram, latencyOf } from './histogram.js'
import type { LoadPlan } from './plan.js'
import type { Profile, Stage } from './profile.js'
import { rowOf } from './seconds.js'
import type { ServerSample } from './server-watch.js'
import { kibPerSession } from './session-cost.js'
import { failuresOf, type PhaseTally, type StageTally, type Tally } from './tally.js'
import { evaluateThresholds } from './thresholds.js'

/** What is known of a load besides what its generators counted. */
export interface Surroundings {
  server?: ServerStats
  /** One reading per second of the load, where there were any. */
  samples?: readonly (ServerSample | undefined)[]
  capacity?: CapacityStats
  interrupted?: boolean
}

/** The Load document of a plan and what its generators counted; thresholds are judged here. */
export function loadOf(
  plan: LoadPlan,
  tally: Tally,
  { server, samples = [], capacity, interrupted }: Surroundings = {},
): Load {
  const { profile } = plan
  const churns = plan.mode === 'stateful' && plan.session === 'per-request'
  const cost = churns ? kibPerSession(tally, samples) : undefined
  return {
    profile: plan.profileName,
    target: { url: plan.url, ...(plan.name ? { name: plan.name } : {}) },
    mode: plan.mode,
    session: plan.session,
    loop: profile.loop,
    ...(tally.answers ? { answers: tally.answers } : {}),
    revision: plan.revision,
    startedAt: new Date(tally.startedAt).toISOString(),
    seconds: round(tally.measured),
    connections: connectionsOf(profile),
    workers: plan.workers,
    phases: Object.fromEntries(
      Object.entries(tally.phases).map(([name, phase]) => [name, phaseStats(phase, secondsOf(name, plan, tally))]),
    ),
    stages: tally.stages.map((stage, index) => stageStats(profile, index, stage)),
    sessions: { ...tally.sessions, ...(cost === undefined ? {} : { kibPerSession: cost }) },
    ...(profile.streams ? { streams: streamStats(tally) } : {}),
    ...(capacity ? { capacity } : {}),
    dropped: tally.dropped,
    inFlightAtEnd: tally.inFlightAtEnd,
    reconnects: { ...tally.reconnects },
    series: tally.seconds.map((second, index) => {
      const sample = samples[index]
      const row = rowOf(second, index, profile.streams !== undefined)
      return sample ? { ...row, serverCpu: round(sample.cpu), serverRss: sample.rss } : row
    }),
    histograms: Object.fromEntries(
      Object.entries(tally.phases)
        .filter(([, phase]) => phase.latency.totalCount > 0)
        .map(([name, phase]) => [name, encodeHistogram(phase.latency)]),
    ),
    generator: generatorStats(plan, tally),
    ...(server ? { server } : {}),
    thresholds: evaluateThresholds(plan.thresholds, tally.phases, tally.measured),
    ...(interrupted ? { interrupted } : {}),
    ...(tally.obstacle ? { obstacle: redactor(plan.secrets).text(tally.obstacle) } : {}),
  }
}

/** In how many seconds a phase came about: sessions are opened before the clock starts, but for those that were lost and opened again. */
function secondsOf(phase: string, { session }: LoadPlan, { opening, measured, sessions }: Tally): number {
  if (session === 'per-request' || !['initialize', 'notifications/initialized'].includes(phase)) return measured
  return sessions.lost > 0 ? opening + measured : opening
}

/** What a stage is called: its own name, or what it asks for, such as `to 50 connections` or `200/s`. */
export function stageName({ name, ramp, connections, rate }: Stage): string {
  if (name) return name
  const asked = rate !== undefined ? `${rate}/s` : `${connections ?? 0} connections`
  return ramp ? `to ${asked}` : asked
}

/** A stage as it was run; `index` counts from 0. */
export function stageStats(profile: Profile, index: number, tally: StageTally): StageStats {
  const stage = profile.stages[index]
  const latency = latencyOf(tally.latency)
  return {
    name: stage ? stageName(stage) : `${index + 1}`,
    seconds: round(tally.seconds),
    ...(stage?.connections === undefined ? {} : { connections: stage.connections }),
    ...(stage?.rate === undefined ? {} : { rate: stage.rate }),
    ...(stage?.ramp ? { ramp: true } : {}),
    count: tally.count,
    failed: tally.failed,
    achieved: perSecond(tally.count, tally.seconds),
    ...(latency ? { latency } : {}),
  }
}

function connectionsOf({ connections = 0, stages }: Profile): number {
  return Math.max(connections, ...stages.map((stage) => stage.connections ?? 0))
}

function phaseStats(phase: PhaseTally, seconds: number): PhaseStats {
  const times = (['latency', 'service', 'firstByte', 'firstEvent'] as const).flatMap((name) => {
    const latency = latencyOf(phase[name])
    return latency ? [[name, latency] as const] : []
  })
  return {
    count: phase.count,
    failed: failuresOf(phase),
    rate: perSecond(phase.count, seconds),
    errors: { ...phase.errors },
    examples: { ...phase.examples },
    ...Object.fromEntries(times),
    bytes: { sent: phase.sent, received: phase.received },
  }
}

function streamStats(tally: Tally): StreamStats {
  return { ...tally.streams, ...(tally.firstRefusal ? { firstRefusal: tally.firstRefusal } : {}) }
}

function generatorStats(plan: LoadPlan, tally: Tally): GeneratorStats {
  const { loop, capacity } = plan.profile
  if (plan.engine) return otherGenerator(plan.engine, tally)
  const delay = latencyOf(tally.eventLoopDelay)
  const lateness = latencyOf(tally.lateness)
  // A search for capacity tells lateness by its steps.
  const sentence = limitOf(tally, capacity ? 'closed' : loop)
  return {
    cpu: round(tally.busiest),
    eventLoopDelay: { mean: delay?.mean ?? 0, p99: delay?.p99 ?? 0, max: delay?.max ?? 0 },
    ...(lateness && loop === 'open' ? { lateness } : {}),
    cpuPerThousand: cpuPerThousand(tally),
    limited: sentence !== undefined,
    ...(sentence ? { sentence } : {}),
  }
}

/** What is known of another program: what it used, where it ran here. */
function otherGenerator(engine: 'k6', tally: Tally): GeneratorStats {
  if (tally.cpuSeconds === 0) return { engine, limited: false }
  const sentence = coresLimit(tally)
  return {
    engine,
    cpu: round(tally.busiest),
    cpuPerThousand: cpuPerThousand(tally),
    limited: sentence !== undefined,
    ...(sentence ? { sentence } : {}),
  }
}

function cpuPerThousand({ phases, cpuSeconds }: Tally): number {
  const answers = Object.values(phases).reduce((sum, phase) => sum + phase.count + failuresOf(phase), 0)
  return answers > 0 ? Number(((cpuSeconds * 1000) / answers).toPrecision(4)) : 0
}

function perSecond(count: number, seconds: number): number {
  return seconds > 0 ? round(count / seconds) : 0
}

/** To the millisecond, or three digits after the point of a rate. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
