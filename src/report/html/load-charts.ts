import { ms, msUnit, perSecond, whole } from '../figures.js'
import { type FailureKind, failureKinds, type Load, type SecondStats } from '../load.js'
import { carrying } from '../load-totals.js'
import { curvePlaces, percentileCurve, percentileName } from '../percentiles.js'
import type { Figure, LineChart } from './figure.js'

/** A distribution that becomes a curve of a chart. */
export interface Curve {
  name: string
  histogram: string | undefined
  latency: Load['phases'][string]['latency']
}

/** Response times by percentile, a curve per distribution, the axis stretched towards the slowest; undefined where nothing was measured. */
export function percentileFigure(caption: string, curves: readonly Curve[]): Figure | undefined {
  const drawn = curves
    .map(({ name, histogram, latency }) => ({ name, points: percentileCurve(histogram, latency) }))
    .filter(({ points }) => points.length > 0)
  if (drawn.length === 0) return undefined
  const places = [...new Set([...curvePlaces, ...drawn.flatMap(({ points }) => points.map(({ beyond }) => beyond))])]
    .sort((one, other) => one - other)
    .filter((place) => drawn.some(({ points }) => place <= points.at(-1)!.beyond))
  const all = drawn.map(({ name, points }) => {
    const at = new Map(points.map(({ beyond, ms }) => [beyond, ms]))
    return { name, values: places.map((place) => at.get(place) ?? null) }
  })
  const times = drawn.flatMap(({ points }) => points.map((point) => point.ms)).filter((time) => time > 0)
  const named = [50, 90, 95, 99, 99.9, 99.99].map((percent) => 100 / (100 - percent))
  const valueAt = (values: readonly { beyond: number; ms: number }[], place: number) =>
    values.findLast(({ beyond }) => beyond <= place * 1.001)
  return {
    caption,
    wide: true,
    summary: drawn
      .map(
        ({ name, points }) =>
          `${name} ${[2, 100].map((place) => `${percentileName(place)} ${msUnit(valueAt(points, place)!.ms)}`).join(', ')}`,
      )
      .join('; '),
    chart: {
      kind: 'lines',
      x: 'percentiles',
      places,
      series: all,
      unit: 'ms',
      log: Math.max(...times) > 40 * Math.min(...times),
    },
    table: {
      heads: ['Percentile', ...drawn.map(({ name }) => `${name}, ms`)],
      rows: named.map((place) => [
        percentileName(place),
        ...drawn.map(({ points }) => (points.at(-1)!.beyond * 1.001 >= place ? ms(valueAt(points, place)!.ms) : '–')),
      ]),
    },
  }
}

/** The percentile curve of a load, a curve per phase that carries it. */
export function loadCurves(load: Load): Curve[] {
  return carrying(load).map(([name, { latency }]) => ({ name, histogram: load.histograms[name], latency }))
}

type Row = [name: string, of: (second: SecondStats) => number | undefined, steps?: true]

/** What happened over time: rates, times, failures by kind, and the server's own share, each where there is something to see. */
export function courseFigures({ series }: Load): Figure[] {
  if (series.length < 2) return []
  const kinds = failureKinds.filter((kind) => series.some((second) => (second.errors?.[kind] ?? 0) > 0))
  const failures: Row[] =
    kinds.length > 0
      ? kinds.map((kind: FailureKind): Row => [kind, ({ errors }) => errors?.[kind] ?? 0, true])
      : [['failed', ({ failed }) => failed, true]]
  const figures: [string, string, Row[], show: (value: number) => string][] = [
    ['Answers per second', '/s', [['good', ({ count }) => count]], perSecond],
    [
      'Response times over time',
      'ms',
      [
        ['p50', ({ p50 }) => p50],
        ['p99', ({ p99 }) => p99],
      ],
      ms,
    ],
    [kinds.length > 0 ? 'Failures by kind over time' : 'Failures over time', '/s', failures, perSecond],
    [
      'Connections and waiting requests',
      '',
      [
        ['connections', ({ connections }) => connections],
        ['waiting', ({ waiting }) => waiting],
        ['streams', ({ streams }) => streams],
      ],
      whole,
    ],
    ['CPU of the server', 'cores', [['CPU', ({ serverCpu }) => serverCpu]], (value) => value.toFixed(2)],
    ['Memory of the server', 'MiB', [['resident', ({ serverRss }) => serverRss]], ms],
  ]
  return figures.flatMap(([caption, unit, rows, show]) => {
    const known = rows.filter(([, of]) => series.some((second) => of(second) !== undefined))
    const some = known.some(([, of]) => series.some((second) => (of(second) ?? 0) > 0))
    return some && !dull(caption, series) ? [courseFigure(caption, unit, known, show, series)] : []
  })
}

/** Connections that never change tell nothing. */
function dull(caption: string, series: readonly SecondStats[]): boolean {
  const [first] = series
  return (
    caption.startsWith('Connections') &&
    series.every(
      ({ connections, waiting, streams }) =>
        connections === first?.connections && waiting === 0 && streams === undefined,
    )
  )
}

function courseFigure(
  caption: string,
  unit: string,
  rows: readonly Row[],
  show: (value: number) => string,
  series: readonly SecondStats[],
): Figure {
  const chart: LineChart = {
    kind: 'lines',
    x: 'seconds',
    places: series.map(({ second }) => second),
    series: rows.map(([name, of, steps]) => ({
      name,
      values: series.map((second) => of(second) ?? null),
      ...(steps ? { steps } : {}),
    })),
    unit,
  }
  const ranges = chart.series.map(({ name, values }) => {
    const known = values.filter((value) => value !== null)
    return `${name} ${show(Math.min(...known))} to ${show(Math.max(...known))} ${unit}`
  })
  const every = Math.ceil(series.length / 60)
  return {
    caption,
    summary: `${ranges.join('; ')} in ${series.length} seconds`,
    chart,
    table: {
      heads: ['Second', ...rows.map(([name]) => (unit ? `${name}, ${unit}` : name))],
      rows: series
        .filter((_, at) => at % every === 0)
        .map((second) => [String(second.second), ...rows.map(([, of]) => shownOr(of(second), show))]),
    },
  }
}

function shownOr(value: number | undefined, show: (value: number) => string): string {
  return value === undefined ? '–' : show(value)
}
