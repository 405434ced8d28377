import type { FailureKind } from '../../report/load.js'
import { addHistogram, newHistogram } from '../histogram.js'
import { sealSecond } from '../seconds.js'
import { emptyPhase, emptyTally, type PhaseTally, type Tally } from '../tally.js'
import { fine } from './buckets.js'
import type { RunnerFigures } from './figures.js'
import { around, names, phaseCounter, stageCounter } from './names.js'
import { rowsOf } from './rows.js'
import { errorsOf, histogramOf, rowCounts, secondsOfRows, stretchOf, totalOf } from './stretches.js'

/**
 * What one runner counted, as a generator of ours would have. Connections are not in it, since k6 does not tell how many are up; its failures have
 * no examples.
 */
export function tallyOf({ plan, counts, startedAt, seconds }: RunnerFigures): Tally {
  const { openingSeconds, profile } = plan
  const { stages } = profile
  const rows = rowsOf(stages)
  const one = (name: string) => counts[name]?.[''] ?? 0
  const tally = emptyTally(startedAt ?? Date.now())
  tally.opening = openingSeconds
  if (startedAt !== undefined) tally.measured = Math.min(rows.at(-1)?.to ?? 0, Math.max(0, seconds - openingSeconds))
  const run = rows.filter(({ from }) => from < tally.measured)
  const found = run.map((_, index) => rowCounts(counts, index))
  tally.seconds = secondsOfRows(run, found).map((second) =>
    sealSecond(second, { connections: 0, waiting: 0, streams: 0 }),
  )
  tally.stages = stages.flatMap((stage, index) => {
    const first = run.find((row) => row.stage === index)
    if (!first) return []
    const own = stretchOf(found.filter((_, at) => run[at]!.stage === index))
    const latency = histogramOf(counts[stageCounter(index)], fine)
    return [{ ...own, latency, seconds: Math.min(stage.seconds, tally.measured - first.from) }]
  })
  tally.phases = phasesOf(plan.method, stages.length, counts)
  const phases = Object.values(tally.phases)
  const failed = (kind: FailureKind) => phases.reduce((sum, { errors }) => sum + (errors[kind] ?? 0), 0)
  const [asked, opened, lost, closed] = [one(names.asked), one(names.opened), one(names.lost), one(names.closed)]
  tally.sessions = { opened, lost, closed, left: Math.max(0, opened - lost - closed) }
  tally.circumstances.sessions = { asked, ready: Math.min(asked, opened) }
  const forms = counts[names.answers] ?? {}
  if (forms.json || forms.sse) tally.answers = forms.sse ? 'sse' : 'json'
  tally.dropped = one('dropped_iterations')
  const ended = phases.reduce((sum, { count, errors }) => sum + count + totalOf(errors), 0)
  tally.inFlightAtEnd = Math.max(0, one(names.sent) - ended)
  tally.reconnects = { failed: failed('transport'), closed: one(names.reconnects) }
  return tally
}

function phasesOf(method: string, stages: number, counts: RunnerFigures['counts']): Record<string, PhaseTally> {
  const measured = { ...emptyPhase(), errors: errorsOf(counts[names.failures], around.length) }
  for (let stage = 0; stage < stages; stage++)
    addHistogram(measured.latency, histogramOf(counts[stageCounter(stage)], fine))
  measured.firstByte = histogramOf(counts[names.firstByte], fine)
  // k6 counts bytes by scenario, so that those of sessions opened and ended under load are among them.
  measured.sent = counts.data_sent?.load ?? 0
  measured.received = counts.data_received?.load ?? 0
  const others = around.map((name, index): [string, PhaseTally] => {
    const latency = histogramOf(counts[phaseCounter(name)], fine)
    return [name, { ...emptyPhase(), errors: errorsOf(counts[names.failures], index), latency }]
  })
  const all: [string, PhaseTally][] = [...others, [method, measured]]
  for (const [, phase] of all) {
    phase.count = phase.latency.totalCount
    phase.service = newHistogram()
    addHistogram(phase.service, phase.latency)
  }
  return Object.fromEntries(all.filter(([, { count, errors }]) => count + totalOf(errors) > 0))
}
