import { plural } from '../figures.js'
import { loadTally } from '../load-terminal.js'
import { type FindingGroup, findingGroups } from '../occurrences.js'
import type { Run, Status } from '../run.js'
import { findingAnchor } from './finding.js'
import { html, type Markup } from './markup.js'
import { statuses, verdictWords } from './words.js'

/** The first screen: the verdict, the counts, and what is broken in one line each. */
export function headOf(run: Run): Markup {
  const { name, sentence, counts } = run.verdict
  const [, first = sentence, more] = /^(.+?[.!?])\s+(?=[\p{L}])(.+)$/su.exec(sentence) ?? []
  const tally = loadTally(run)
  const tiles = statuses.filter(([status]) => counts[status] > 0)
  return html`<section class="verdict ${name}" aria-labelledby="verdict">
<p class="pill"><span>${verdictWords[name] ?? name}</span></p>
<h1 id="verdict"><span class="spoken">${verdictWords[name] ?? name}: </span>${first}</h1>
${more !== undefined && html`<p class="more">${more}</p>`}
${
  tiles.length > 0 &&
  html`<ul class="tiles" aria-label="Outcomes of ${plural(run.results.length, 'check')}">${tiles.map(
    ([status, word]) =>
      html`<li class="${status}"><a href="${placeOf(status)}" data-filter="${status}"><b>${counts[status]}</b> ${word}</a></li>`,
  )}${tally && html`<li class="load"><a href="#load"><b>${tally.split(' ')[0]}</b> ${tally.split(' ').slice(1).join(' ')}</a></li>`}</ul>`
}
${broken(run)}
<p class="quiet">${factsOf(run).join(' · ')}</p>
</section>`
}

function placeOf(status: Status): string {
  if (status === 'not-testable') return '#not-testable'
  return status === 'pass' || status === 'not-applicable' ? '#checks' : `#findings-${status}`
}

function factsOf(run: Run): string[] {
  const requests = run.parts.reduce((sum, part) => sum + part.requests, 0)
  const targets = new Set([...run.parts.map(({ target }) => target.name ?? target.url)])
  const first = [...targets][0]
  const date = new Date(run.startedAt)
  return [
    ...(targets.size === 0 ? [] : [targets.size === 1 && first !== undefined ? first : plural(targets.size, 'target')]),
    ...(run.results.length > 0 ? [plural(run.results.length, 'check'), plural(requests, 'request')] : []),
    `${(run.ms / 1000).toFixed(1)} s`,
    Number.isNaN(date.getTime()) ? run.startedAt : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `mcp-gauntlet ${run.tool?.version ?? ''}`,
    ...(run.seed === undefined ? [] : [`seed ${run.seed}`]),
  ]
}

const most = 6

/** The first causes of failures, each a line that leads to it. */
function broken(run: Run): Markup | false {
  const groups = findingGroups(run, 'fail')
  if (groups.length === 0) return false
  const more = groups.length - most
  return html`<ol class="causes" aria-label="What is broken">${groups
    .slice(0, most)
    .map(
      (group) => html`<li><a href="#${findingAnchor('fail', group.findings[0]!.id)}">${headline(group)}</a></li>`,
    )}${more > 0 && html`<li><a href="#findings-fail">and ${more} more</a></li>`}</ol>`
}

function headline({ cause, findings }: FindingGroup): Markup {
  const { result } = findings[0]!.occurrences[0]!
  if (cause !== undefined) return html`${cause} <span class="quiet">behind ${plural(findings.length, 'check')}</span>`
  return html`${result.title} <span class="quiet">${findings[0]!.id}</span>`
}
