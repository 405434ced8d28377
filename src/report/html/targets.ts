import { entryName } from '../baseline.js'
import { plural } from '../figures.js'
import { reasonsOf } from '../occurrences.js'
import type { EntryState, Run } from '../run.js'
import { factsLine } from '../terminal.js'
import { html, link, type Markup } from './markup.js'
import { partTitle } from './words.js'

/** What was judged: each target with what is known of it, or why it could not be judged. */
export function targetsOf(run: Run): Markup | false {
  if (run.parts.length === 0) return false
  return html`<section aria-labelledby="targets"><h2 id="targets">${run.parts.length === 1 ? 'Target' : 'Targets'}</h2>
<ul class="targets">${run.parts.map((part) => {
    const { name, url } = partTitle(run, part)
    const { facts, obstacle } = part.target
    return html`<li><b>${name}</b>${url !== undefined && html` <span class="quiet">${url}</span>`}${obstacle && html`<p class="obstacle">${obstacle.message}${obstacle.remedy && html`<br>${obstacle.remedy.layer}. ${obstacle.remedy.fix} ${link(obstacle.remedy.link, 'known from here')}`}</p>`}${facts && !obstacle && html`<p class="quiet">${factsLine(facts)}</p>`}</li>`
  })}</ul></section>`
}

/** What could not be tested, and what to pass so that it can be. */
export function untested(run: Run): Markup | false {
  const reasons = reasonsOf(run, 'not-testable')
  if (reasons.length === 0) return false
  return html`<section aria-labelledby="not-testable"><h2 id="not-testable">Not testable <span class="count">${run.verdict.counts['not-testable']}</span></h2>
<dl class="reasons">${reasons.map(({ reason, ids }) => html`<dt>${reason}</dt><dd>${ids.length > 3 ? html`<details class="fold"><summary>${plural(ids.length, 'check')}</summary>${listOf(ids)}</details>` : listOf(ids)}</dd>`)}</dl></section>`
}

function listOf(ids: readonly string[]): Markup {
  return html`<ul class="ids">${ids.map((id) => html`<li><code>${id}</code></li>`)}</ul>`
}

const states: Record<EntryState, string> = {
  stale: 'stale: it passes now',
  expired: 'expired',
  'not-judged': 'not judged in this run',
  known: 'known',
}

/** The baseline, entry by entry; what wants attention first. */
export function baselineOf({ baseline }: Run): Markup | false {
  if (!baseline || baseline.entries.length === 0) return false
  const order = Object.keys(states)
  const entries = baseline.entries.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state))
  return html`<section aria-labelledby="baseline"><h2 id="baseline">Baseline <span class="count">${entries.length}</span></h2>
<div class="scroll" role="group" aria-label="Baseline" tabindex="0"><table><caption>${baseline.file}</caption><thead><tr><th scope="col">Entry</th><th scope="col">State</th><th scope="col">Reason</th><th scope="col">Last day</th></tr></thead>
<tbody>${entries.map((entry) => html`<tr><th scope="row"><code>${entryName(entry)}</code></th><td class="${entry.state}">${states[entry.state] ?? entry.state}</td><td>${entry.reason}</td><td>${entry.expires}</td></tr>`)}</tbody></table></div></section>`
}
