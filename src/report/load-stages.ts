import type { ChalkInstance } from 'chalk'
import { oneLine } from './clean.js'
import { ms, perSecond, seconds, whole } from './figures.js'
import type { Load, StageStats } from './load.js'
import { type Cell, table } from './table.js'
import { wrap } from './wrap.js'

/** The stages of a load as a table, where there are several; the steps of a capacity search stand in their own. */
export function stageLines(load: Load, paint: ChalkInstance, width: number): string[] {
  if (load.capacity || load.stages.length < 2) return []
  const heads = ['stage', 'asked', 'time', 'good', 'per s', 'failed', 'p50', 'p99', 'max']
  const rows = load.stages.map((stage, at): Cell[] => [
    oneLine(stage.name || String(at + 1), 40),
    asked(stage),
    seconds(stage.seconds),
    whole(stage.count),
    perSecond(stage.achieved),
    stage.failed > 0 ? { text: whole(stage.failed), paint: paint.red } : '0',
    ...[stage.latency?.p50, stage.latency?.p99, stage.latency?.max].map(time),
  ])
  return table([heads.map((text) => ({ text, paint: paint.dim })), ...rows], width)
}

function asked({ rate, connections, ramp }: StageStats): string {
  const to = ramp ? 'to ' : ''
  if (rate !== undefined) return `${to}${perSecond(rate)}/s`
  return connections === undefined ? '' : `${to}${whole(connections)} conn.`
}

function time(value: number | undefined): string {
  return value === undefined ? '–' : ms(value)
}

/** The steps of a capacity search; what they come to stands in the verdict. */
export function capacityLines({ capacity }: Load, paint: ChalkInstance, width: number): string[] {
  if (!capacity) return []
  const heads = ['asked/s', 'got/s', 'failed', 'p99', ''].map((text) => ({ text, paint: paint.dim }))
  const steps = [...capacity.steps].sort((one, other) => one.rate - other.rate)
  const rows = steps.map((step): Cell[] => [
    perSecond(step.rate).padStart(7),
    perSecond(step.achieved),
    whole(step.errors),
    time(step.p99),
    step.held ? { text: 'held', paint: paint.green } : { text: broke(step.reason, width), paint: paint.red },
  ])
  const objective = `Capacity search for ${oneLine(capacity.objective.join(' and '), 200)}`
  return [...wrap(objective, width, '  '), ...table([heads, ...rows], width, '    ', [4])]
}

function broke(reason: string | undefined, width: number): string {
  return reason ? `broke: ${oneLine(reason, width - 50)}` : 'broke'
}
