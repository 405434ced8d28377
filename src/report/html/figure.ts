import { dataBlock, html, type Markup } from './markup.js'

/** A chart of lines: what the page's script draws with the chart library. Values are null where nothing was measured. */
export interface LineChart {
  kind: 'lines'
  /** What the horizontal axis counts: seconds, or percentiles as 1 in how many. */
  x: 'seconds' | 'percentiles'
  places: readonly number[]
  series: { name: string; values: (number | null)[]; steps?: true }[]
  unit: string
  log?: boolean
}

/** A chart of ratios with their intervals, a row each, on a logarithmic axis around 1. */
export interface IntervalChart {
  kind: 'intervals'
  rows: { name: string; ratio: number; low?: number; high?: number; shown: boolean }[]
}

/** A chart with its caption, what it shows in words, and the same figures as a table. */
export interface Figure {
  caption: string
  /** For those who do not see it: what the curve says. */
  summary: string
  /** As wide as the page, where others share a row. */
  wide?: true
  chart: LineChart | IntervalChart
  table: { heads: string[]; rows: (string | number)[][] }
}

/** A figure of the page. Without a script, or to a reader that does not see it, the table tells the same. */
export function figureOf({ caption, summary, wide, chart, table }: Figure): Markup {
  return html`<figure${wide && html` class="wide"`}><figcaption>${caption}</figcaption>
<div class="chart" role="img" aria-label="${caption}: ${summary}" data-chart="${chart.kind}">${dataBlock(chart)}</div>
<details class="fold"><summary>The figures as a table</summary>${plainTable(caption, table)}</details></figure>
`
}

/** A table whose first column names the row. Words, other than figures, stand in cells that may break. */
export function plainTable(caption: string, { heads, rows }: Figure['table'], shown = false): Markup {
  const words = heads.map((_, at) => at > 0 && rows.some((row) => String(row[at] ?? '').length > 24))
  const kind = (at: number) => words[at] && html` class="words"`
  return html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table class="figures"><caption${!shown && html` class="spoken"`}>${caption}</caption>
<thead><tr>${heads.map((head, at) => html`<th scope="col"${kind(at)}>${head}</th>`)}</tr></thead>
<tbody>${rows.map(([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((cell, at) => html`<td${kind(at + 1)}>${cell}</td>`)}</tr>`)}</tbody></table></div>`
}
