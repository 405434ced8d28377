import { ms, percent, perSecond, seconds, whole } from '../figures.js'
import type { Latency, Load } from '../load.js'
import { whatWasRun } from '../load-shape.js'
import { surroundingFacts } from '../load-surroundings.js'
import { failings, insideOf, totals } from '../load-totals.js'
import { judgeLoad, type LoadGrade } from '../load-verdict.js'
import type { Run } from '../run.js'
import { actualText } from '../threshold-text.js'
import { figureOf, plainTable } from './figure.js'
import { courseFigures, loadCurves, percentileFigure } from './load-charts.js'
import { html, type Markup } from './markup.js'

const grades: Record<LoadGrade, [status: string, word: string]> = {
  held: ['pass', 'held'],
  broken: ['fail', 'broken'],
  nothing: ['not-testable', 'nothing measured'],
  unreachable: ['error', 'unreachable'],
}

/** Every load: what was run, whether it held, its figures and their course; several side by side first. */
export function loadSections({ loads }: Run): Markup | false {
  if (loads.length === 0) return false
  return html`<section aria-labelledby="load"><h2 id="load">Load</h2>
${loads.length > 1 && sideBySide(loads)}
${loads.map((load, at) => loadOf(load, at, loads.length > 1))}</section>`
}

function called({ target, profile }: Load, loads: readonly Load[]): string {
  const name = target.name ?? target.url
  const alike = loads.filter((other) => (other.target.name ?? other.target.url) === name)
  return alike.length > 1 ? `${name}, ${profile}` : name
}

function sideBySide(loads: readonly Load[]): Markup {
  const curves = loads.flatMap((load) =>
    loadCurves(load)
      .map((curve) => ({ ...curve, name: called(load, loads) }))
      .slice(0, 1),
  )
  const figure = percentileFigure('Response times side by side', curves)
  const rows = loads.map((load) => {
    const { good, failed } = totals(load)
    const worst = loadCurves(load)[0]?.latency
    return [
      called(load, loads),
      perSecond(load.seconds > 0 ? good / load.seconds : 0),
      percent(failed, good + failed),
      time(worst?.p50),
      time(worst?.p99),
      load.server ? ms(load.server.cpuMsPerRequest) : '–',
    ]
  })
  return html`<div class="card"><h3>Side by side</h3>
${plainTable('Loads side by side', { heads: ['Target', 'good/s', 'failed', 'p50, ms', 'p99, ms', 'server CPU ms per answer'], rows })}
${figure && figureOf(figure)}</div>`
}

function loadOf(load: Load, at: number, several: boolean): Markup {
  const { grade, sentence } = judgeLoad(load)
  const [status, word] = grades[grade]
  const { name, url } = load.target
  const curve = percentileFigure('Response times by percentile', loadCurves(load))
  return html`<article class="card load" id="load-${at}"><header><span class="badge ${status}">${word}</span><h3>${name ?? url}</h3><p class="quiet">${whatWasRun(load)}</p></header>
${several && html`<p class="sentence">${sentence}</p>`}
${warnings(load).map((text) => html`<p class="obstacle">${text}</p>`)}
${thresholds(load)}
<div class="figures-grid">${curve && figureOf(curve)}${courseFigures(load).map(figureOf)}</div>
${phases(load)}${stages(load)}${capacity(load)}${failures(load)}
<h4>Around it</h4><dl class="facts">${surroundingFacts(load).map(([what, text]) => html`<div><dt>${what}</dt><dd>${text}</dd></div>`)}</dl></article>`
}

function warnings({ generator, interrupted, obstacle }: Load): string[] {
  return [
    ...(interrupted ? ['Ended early by the user: the figures are those of the time until then.'] : []),
    ...(obstacle ? [obstacle] : []),
    ...(generator.limited
      ? [generator.sentence ?? 'The generator was the limit: the figures say more of it than of the server.']
      : []),
  ]
}

function thresholds({ thresholds }: Load): Markup | false {
  if (thresholds.length === 0) return false
  return html`<ul class="thresholds" aria-label="Thresholds">${thresholds.map((one) => html`<li class="${one.held ? 'pass' : 'fail'}"><span class="badge ${one.held ? 'pass' : 'fail'}">${one.held ? 'held' : 'broken'}</span> <code>${one.text}</code> <span class="quiet">${actualText(one)}</span></li>`)}</ul>`
}

const timeHeads = ['p50', 'p90', 'p95', 'p99', 'p99.9', 'max']

function times(latency: Latency | undefined): string[] {
  if (!latency) return timeHeads.map(() => '–')
  return [latency.p50, latency.p90, latency.p95, latency.p99, latency.p999, latency.max].map(ms)
}

function time(value: number | undefined): string {
  return value === undefined ? '–' : ms(value)
}

function phases(load: Load): Markup | false {
  const rows = Object.entries(load.phases).flatMap(([name, stats]) => {
    return [
      [name, whole(stats.count), perSecond(stats.rate), whole(stats.failed), ...times(stats.latency)],
      ...insideOf(load, name, stats).map(([what, latency]) => [`${name}: ${what}`, '', '', '', ...times(latency)]),
    ]
  })
  return (
    rows.length > 0 &&
    plainTable('Phases, times in ms', { heads: ['Phase', 'good', 'per s', 'failed', ...timeHeads], rows }, true)
  )
}

function stages(load: Load): Markup | false {
  if (load.capacity || load.stages.length < 2) return false
  const rows = load.stages.map((stage, at) => [
    stage.name || String(at + 1),
    stage.rate !== undefined
      ? `${perSecond(stage.rate)}/s`
      : stage.connections === undefined
        ? ''
        : `${whole(stage.connections)} connections`,
    seconds(stage.seconds),
    whole(stage.count),
    perSecond(stage.achieved),
    whole(stage.failed),
    ...times(stage.latency),
  ])
  return plainTable(
    'Stages, times in ms',
    { heads: ['Stage', 'asked', 'time', 'good', 'per s', 'failed', ...timeHeads], rows },
    true,
  )
}

function capacity({ capacity }: Load): Markup | false {
  if (!capacity) return false
  const steps = capacity.steps.toSorted((one, other) => one.rate - other.rate)
  const rows = steps.map((step) => [
    perSecond(step.rate),
    perSecond(step.achieved),
    whole(step.errors),
    time(step.p99),
    step.held ? 'held' : `broke${step.reason ? `: ${step.reason}` : ''}`,
  ])
  return plainTable(
    `Capacity search for ${capacity.objective.join(' and ')}`,
    { heads: ['asked/s', 'got/s', 'failed', 'p99, ms', 'outcome'], rows },
    true,
  )
}

function failures(load: Load): Markup | false {
  const found = failings(load)
  if (found.length === 0) return false
  return html`<h4>Failures</h4><ul class="failures">${found.map(
    ({ phase, kind, count, example }) =>
      html`<li><b>${whole(count)}</b> ${phase} <code>${kind}</code>${
        example &&
        html`<p class="found">The first, at ${seconds(example.second)}: ${example.message}</p>${
          (example.request ?? example.response) &&
          html`<details class="fold"><summary>Recorded exchange</summary><div class="exchange"><pre class="wrap" tabindex="0" aria-label="Request">${example.request}</pre><pre class="wrap" tabindex="0" aria-label="Response">${example.response}</pre></div></details>`
        }`
      }</li>`,
  )}</ul>`
}
