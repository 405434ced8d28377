import { resultsOf } from '../assemble.js'
import { matrixOf } from '../matrix.js'
import type { Part, Result, Run, Status } from '../run.js'
import { html, type Markup } from './markup.js'
import { partTitle } from './words.js'

/** A column of the matrix: a part, or one revision of it where rules were judged at several. */
interface Column {
  part: Part
  at: number
  name: string
  results: Result[]
}

/** Suites by parts and revisions, each cell with what came out. */
export function suiteMatrix(run: Run): Markup | false {
  const columns = run.parts.flatMap((part, at) => columnsOf(run, part, at))
  const all = [...new Set(run.results.map(suiteOf))]
  const apply = new Set(run.results.filter(({ outcome }) => outcome.status !== 'not-applicable').map(suiteOf))
  const suites = all.filter((suite) => apply.has(suite))
  const without = all.filter((suite) => !apply.has(suite))
  if (suites.length === 0) return false
  return html`<section aria-labelledby="suites"><h2 id="suites">Suites</h2>
<div class="scroll" role="group" aria-label="Suites by targets" tabindex="0">
<table class="matrix${columns.length > 3 && columns.some(({ name }) => name.length > 12) && ' many'}"><caption class="spoken">What came out per suite and target: passed of judged</caption>
<thead><tr><th scope="col">Suite</th>${columns.map(({ name }) => html`<th scope="col"><span>${name}</span></th>`)}</tr></thead>
<tbody>${suites.map(
    (suite) =>
      html`<tr><th scope="row">${suite}</th>${columns.map((column) =>
        cellOf(
          column,
          suite,
          column.results.filter((result) => suiteOf(result) === suite),
        ),
      )}</tr>
`,
  )}</tbody></table></div>
<p class="quiet">Passed of judged. A dash: nothing there applies to this server.${without.length > 0 && ` Nothing applies at all in ${without.join(', ')}.`}</p></section>`
}

function columnsOf(run: Run, part: Part, at: number): Column[] {
  const results = resultsOf(run, part)
  const { name } = partTitle(run, part)
  const several = matrixOf({ ...run, results })
  if (!several) return results.length > 0 ? [{ part, at, name, results }] : []
  return several.revisions.map((revision) => ({
    part,
    at,
    name: run.parts.length > 1 ? `${name} ${revision}` : revision,
    results: results.filter((result) => result.revision === revision),
  }))
}

/** The first section of an id. */
export function suiteOf({ id }: Result): string {
  return id.split('/')[0]!
}

function cellOf({ name, at }: Column, suite: string, results: readonly Result[]): Markup {
  const count = (status: Status) => results.filter((result) => result.outcome.status === status).length
  const [pass, fail, warn, error, known] = (['pass', 'fail', 'warn', 'error', 'known'] as const).map(count)
  const judged = pass! + fail! + warn! + error! + known!
  if (judged === 0) {
    const untested = count('not-testable')
    if (untested > 0)
      return html`<td class="not-testable" title="${untested} not testable"><a href="#p${at}-${suite}">?<span class="spoken"> ${suite}, ${name}: ${untested} not testable</span></a></td>`
    return html`<td class="not-applicable"><span aria-hidden="true">–</span><span class="spoken">not applicable</span></td>`
  }
  const worst = fail ? 'fail' : error ? 'error' : warn ? 'warn' : known ? 'known' : 'pass'
  const words = [
    `${pass} of ${judged} passed`,
    ...([
      fail && `${fail} failed`,
      warn && `${warn} warned`,
      error && `${error} with an error`,
      known && `${known} known`,
    ].filter(Boolean) as string[]),
  ].join(', ')
  const text = worst === 'pass' ? `${pass}` : `${pass}/${judged}`
  return html`<td class="${worst}" title="${words}"><a href="#p${at}-${suite}">${text}<span class="spoken"> ${suite}, ${name}: ${words}</span></a></td>`
}
