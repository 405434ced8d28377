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
${remedyOf(first!.occurrences[0]!.result)}${articleOf(run, status, first!, false)}
${others.map((finding) => html`<details class="fold"><summary><code>${finding.id}</code> ${finding.occurrences[0]!.result.title}</summary>${articleOf(run, status, finding, false)}</details>`)}</div>`
}

function articleOf(run: Run, status: Status, { id, occurrences }: Finding, alone = true): Markup {
  const [first, ...others] = occurrences
  const { result } = first!
  return html`<article class="finding ${status}" id="${findingAnchor(status, id)}">
<header>${badge(status)}${alone ? html`<h3>${result.title}</h3>` : html`<h4>${result.title}</h4>`}<p class="quiet"><code>${id}</code> · ${result.keyword}${placed(run, occurrences)}</p></header>
${body(result, alone)}
${others.length > 0 && html`<details class="fold"><summary>Also in ${plural(others.length, 'other place')}</summary>${others.map((other) => html`<div class="other"><p class="label">${placeOf(run, other.part, other.result)}</p>${found(other.result)}${evidence(other.result)}</div>`)}</details>`}
</article>
`
}

function placeOf(run: Run, part: Part, { revision }: Result): string {
  return [run.parts.length > 1 ? partName(run, part) : '', revision].filter(Boolean).join(', ')
}

/** Where a check found it: all places while they are few. */
function placed(run: Run, occurrences: Finding['occurrences']): string {
  const places = occurrences.map(({ part, result }) => placeOf(run, part, result)).filter(Boolean)
  if (places.length === 0) return ''
  return ` · ${places.length > 3 ? `${places.slice(0, 2).join('; ')} and ${places.length - 2} more` : places.join('; ')}`
}

function body(result: Result, alone: boolean): Markup {
  return html`<dl><dt>Rule</dt><dd>${result.rule} ${link(result.link, 'specification')}</dd>
${result.known && html`<dt>Known</dt><dd>${knownWords(result.known)}</dd>`}</dl>
${found(result)}
${alone && remedyOf(result)}
${result.hint && html`<p class="hint"><b>Hint</b> ${result.hint}</p>`}
${evidence(result)}`
}

/** Whose part a known cause is, and how to mend it. */
function remedyOf({ outcome: { remedy } }: Result): Markup | false {
  return (
    remedy !== undefined &&
    html`<p class="hint"><b>Cause</b> ${remedy.cause} <span class="quiet">(${remedy.layer})</span><br><b>Fix</b> ${remedy.fix} ${link(remedy.link, 'known from here')}</p>`
  )
}

function found({ outcome: { message, expected, actual } }: Result): Markup {
  return html`${message !== undefined && html`<p class="found">${message}</p>`}
${(expected !== undefined || actual !== undefined) && html`<div class="pair"><div><p class="label">Expected</p><pre class="wrap" tabindex="0">${shown(expected)}</pre></div><div><p class="label">Actual</p><pre class="wrap" tabindex="0">${shown(actual)}</pre></div></div>`}`
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
