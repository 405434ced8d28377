import { partName } from '../assemble.js'
import { knownWords } from '../baseline.js'
import { oneLine } from '../clean.js'
import { plural } from '../figures.js'
import { type Finding, type FindingGroup, findingGroups } from '../occurrences.js'
import type { Part, Result, Run, Status } from '../run.js'
import { curlBlock, exchangeBlock } from './exchange.js'
import { html, link, type Markup } from './markup.js'
import { badge } from './words.js'

const sections: readonly [status: Status, title: string][] = [
  ['fail', 'Failed'],
  ['error', 'Errors of ours'],
  ['warn', 'Warned'],
  ['known', 'Known failures'],
]

/** Everything that was found wrong, grouped by first cause; a check that found it in several targets stands once. */
export function findingSections(run: Run): Markup[] {
  return sections.flatMap(([status, title]) => {
    const groups = findingGroups(run, status)
    if (groups.length === 0) return []
    return [
      html`<section aria-labelledby="findings-${status}"><h2 id="findings-${status}">${title} <span class="count">${run.verdict.counts[status]}</span></h2>
${groups.map((group) => groupOf(run, status, group))}</section>`,
    ]
  })
}

/** The anchor of a finding. */
export function findingAnchor(status: Status, id: string): string {
  return `${status}-${id.replace(/[^\w-]/g, '-')}`
}

function groupOf(run: Run, status: Status, { cause, findings }: FindingGroup): Markup {
  const [first, ...others] = findings
  if (cause === undefined) return articleOf(run, status, first!)
  return html`<div class="cause"><h3>${cause} <span class="quiet">behind ${plural(findings.length, 'check')}</span></h3>
${articleOf(run, status, first!)}
${others.map((finding) => html`<details class="fold"><summary><code>${finding.id}</code> ${finding.occurrences[0]!.result.title}</summary>${articleOf(run, status, finding)}</details>`)}</div>`
}

function articleOf(run: Run, status: Status, { id, occurrences }: Finding): Markup {
  const [first, ...others] = occurrences
  const { result, part } = first!
  const several = run.parts.length > 1 || others.length > 0
  return html`<article class="finding ${status}" id="${findingAnchor(status, id)}">
<header>${badge(status)}<h4>${result.title}</h4><p class="quiet"><code>${id}</code> · ${result.keyword}${several && html` · ${placeOf(run, part, result)}`}${others.length > 0 && html` and ${plural(others.length, 'more place')}`}</p></header>
${body(result)}
${others.length > 0 && html`<details class="fold"><summary>Also in ${plural(others.length, 'other place')}</summary>${others.map((other) => html`<div class="other"><h5>${placeOf(run, other.part, other.result)}</h5>${found(other.result)}${evidence(other.result)}</div>`)}</details>`}
</article>
`
}

function placeOf(run: Run, part: Part, { revision }: Result): string {
  return [partName(run, part), revision].filter(Boolean).join(', ')
}

function body(result: Result): Markup {
  return html`<dl><dt>Rule</dt><dd>${result.rule} ${link(result.link, 'specification')}</dd>
${result.known && html`<dt>Known</dt><dd>${knownWords(result.known)}</dd>`}</dl>
${found(result)}
${result.hint && html`<p class="hint"><b>Hint</b> ${result.hint}</p>`}
${evidence(result)}`
}

function found({ outcome: { message, expected, actual } }: Result): Markup {
  return html`${message !== undefined && html`<p class="found">${message}</p>`}
${(expected !== undefined || actual !== undefined) && html`<div class="pair"><div><h5>Expected</h5><pre tabindex="0">${shown(expected)}</pre></div><div><h5>Actual</h5><pre tabindex="0">${shown(actual)}</pre></div></div>`}`
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing recorded'
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? String(value))
  return text.length > 4000 ? oneLine(text, 4000) : text
}

function evidence({ exchanges }: Result): Markup | false {
  const last = exchanges.at(-1)
  return last !== undefined && html`${curlBlock(last)}${exchangeBlock(exchanges)}`
}
