import type { ComparedMetric, ComparedValue, Comparison, Trial } from '../comparison.js'
import { judgeComparison } from '../comparison-verdict.js'
import { interval, ratioSentence, subjects } from '../comparison-words.js'
import { ms, percent, perSecond, plural, seconds, whole } from '../figures.js'
import { loopWords, sharing } from '../load-shape.js'
import type { Run } from '../run.js'
import { type Figure, figureOf, plainTable } from './figure.js'
import { percentileFigure } from './load-charts.js'
import { html, type Markup } from './markup.js'

/** Every comparison: who against whom, then per trial the ratios with their intervals, drawn and in words. */
export function comparisonSections({ comparisons = [] }: Run): Markup | false {
  if (comparisons.length === 0) return false
  return html`<section aria-labelledby="compare"><h2 id="compare">Comparison</h2>${comparisons.map((comparison) => comparisonOf(comparison, comparisons.length > 1))}</section>`
}

function comparisonOf(comparison: Comparison, several: boolean): Markup {
  const { targets, method, tool, trials, interrupted, obstacle } = comparison
  const names = subjects(comparison)
  const notes = [interrupted && 'Ended early by the user: this is what was finished until then.', obstacle]
  return html`<article class="card">${several && html`<p class="sentence">${judgeComparison(comparison).sentence}</p>`}
<ul class="targets">${targets.map(({ url, name, mode, revision }, at) => html`<li><b>${names[at]}</b> ${name !== names[at] && name} <span class="quiet">${[url, mode, revision].filter(Boolean).join(' · ')}</span></li>`)}</ul>
<p class="quiet">${tool ? `${method} of ${tool}` : method} on each in turn, ${seconds(comparison.seconds)} in all</p>
${notes.map((note) => note && html`<p class="obstacle">${note}</p>`)}
${trials.map((trial) => trialOf(trial, comparison, names))}</article>`
}

function trialOf(trial: Trial, comparison: Comparison, names: readonly string[]): Markup {
  const title = trial.leaves ? 'Sessions left open on purpose' : loopWords(trial)
  const curves = trial.sides.map(({ histogram, latency }, at) => ({ name: names[at]!, histogram, latency }))
  const curve = trial.leaves ? undefined : percentileFigure(`Response times of ${comparison.method}`, curves)
  const ratios = ratioFigure(trial, names)
  const notes = [trial.obstacle, trial.limited]
  return html`<section class="trial"><h3>${title}</h3><p class="quiet">${trial.leaves ? '' : `${sharing[trial.session]} · `}${plural(trial.rounds, 'round')} of ${seconds(trial.seconds)} each</p>
${notes.map((note) => note && html`<p class="obstacle">${note}</p>`)}
${valuesOf(trial, names)}<div class="figures-grid">${ratios && figureOf(ratios)}${curve && figureOf(curve)}</div>
${sidesOf(trial, names)}</section>`
}

const titles: Record<ComparedMetric, string> = {
  throughput: 'Answers per second',
  p50: 'p50, ms',
  p95: 'p95, ms',
  p99: 'p99, ms',
  'server-cpu': 'Server CPU, ms per answer',
  'session-memory': 'Memory, KiB per session',
}

function measured({ values }: Trial): ComparedValue[] {
  return values.filter((one) => one.values.some((value) => value !== null))
}

function valuesOf(trial: Trial, names: readonly string[]): Markup | false {
  const rows = measured(trial).map((one) => [
    titles[one.metric] ?? one.metric,
    ...one.values.map((value) => (value === null ? '–' : one.unit === '/s' ? perSecond(value) : ms(value))),
    names.flatMap((name, at) => shownBy(one, at, name, names)).join('; '),
  ])
  return rows.length > 0 && plainTable('Measured', { heads: ['Metric', ...names, 'What it shows'], rows })
}

/** What a ratio says; where there are several, also whose it is. */
function shownBy(one: ComparedValue, at: number, name: string, names: readonly string[]): string[] {
  const words = at === 0 ? undefined : ratioSentence(one, at, names)
  if (!words) return []
  return [names.length > 2 && words === 'no difference shown' ? `${name}: ${words}` : words]
}

function ratioFigure(trial: Trial, names: readonly string[]): Figure | undefined {
  const rows = measured(trial).flatMap((one) =>
    one.ratios.flatMap((ratio, at) => {
      if (!ratio || !(ratio.ratio > 0)) return []
      const name = names.length > 2 ? `${names[at]}: ${titles[one.metric]}` : (titles[one.metric] ?? one.metric)
      return [{ ...ratio, name }]
    }),
  )
  if (rows.length === 0) return undefined
  const caption = `Times as much as ${names[0]}, with 95 % intervals`
  return {
    caption,
    wide: true,
    summary: rows
      .map((row) => `${row.name} ${row.ratio.toFixed(2)}${row.shown ? '' : ', no difference shown'}`)
      .join('; '),
    chart: { kind: 'intervals', rows },
    table: {
      heads: ['Metric', 'Ratio', '95 % interval', 'Difference'],
      rows: rows.map((row) => [row.name, row.ratio.toFixed(2), interval(row), row.shown ? 'shown' : 'not shown']),
    },
  }
}

function sidesOf({ sides }: Trial, names: readonly string[]): Markup[] {
  return sides.flatMap(({ good, failed, dropped, example }, at) =>
    failed === 0 && dropped === 0
      ? []
      : [
          html`<p class="obstacle">${names[at]}: ${failed > 0 && `${whole(failed)} failed (${percent(failed, good + failed)})${example ? `, the first: ${example}` : ''}. `}${dropped > 0 && `${whole(dropped)} due requests were never sent.`}</p>`,
        ],
  )
}
