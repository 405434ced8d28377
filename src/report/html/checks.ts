import { resultsOf } from '../assemble.js'
import { ms, plural } from '../figures.js'
import type { Part, Result, Run } from '../run.js'
import { html, link, type Markup } from './markup.js'
import { suiteOf } from './matrix.js'
import { badge, partTitle, statuses } from './words.js'

/** Every check of every part, to be searched and filtered. */
export function checkTables(run: Run): Markup | false {
  if (run.results.length === 0) return false
  const several = run.parts.filter((part) => part.count > 0).length > 1
  return html`<section aria-labelledby="checks"><h2 id="checks">All checks <span class="count">${run.results.length}</span></h2>
<form class="filter" role="search" aria-label="Checks">
<label>Search <input type="search" id="search" autocomplete="off" placeholder="id, title, reason …"></label>
<fieldset><legend class="spoken">Outcomes shown</legend>${statuses
    .filter(([status]) => run.verdict.counts[status] > 0)
    .map(
      ([status, word]) =>
        html`<label class="${status}"><input type="checkbox" value="${status}"${status !== 'not-applicable' && html` checked`}> ${word}</label>`,
    )}</fieldset>
<p role="status" id="matches" class="quiet"></p></form>
${run.parts.map((part, at) => part.count > 0 && partTable(run, part, at, several))}</section>`
}

function partTable(run: Run, part: Part, at: number, several: boolean): Markup {
  const results = resultsOf(run, part)
  const suites = [...new Set(results.map(suiteOf))]
  const { name } = partTitle(run, part)
  return html`<details class="part"${!several && html` open`}><summary><b>${name}</b> <span class="quiet">${plural(part.count, 'check')}</span></summary>
<div class="scroll" role="group" aria-label="Checks of ${name}" tabindex="0"><table class="checks"><caption class="spoken">Checks of ${name}</caption>
<thead><tr><th scope="col">Outcome</th><th scope="col">Check</th><th scope="col">Rule</th><th scope="col">Revision</th><th scope="col" class="number">ms</th></tr></thead>
${suites.map((suite) => html`<tbody id="p${at}-${suite}"><tr class="suite"><th colspan="5" scope="rowgroup">${suite}</th></tr>${results.filter((result) => suiteOf(result) === suite).map(rowOf)}</tbody>`)}</table></div></details>`
}

function rowOf(result: Result): Markup {
  const { status, message } = result.outcome
  return html`<tr data-s="${status}"><td>${badge(status)}</td><td><code>${result.id}</code><br>${result.title}${message !== undefined && html`<p class="quiet">${message.slice(0, 500)}</p>`}</td><td>${link(result.link, result.keyword)}</td><td>${result.revision}</td><td class="number">${ms(result.ms)}</td></tr>
`
}
