import { partName } from '../assemble.js'
import type { Part, Run, Status, VerdictName } from '../run.js'
import { html, type Markup } from './markup.js'

/** Every status in the order of the page, with its word and its sign. */
export const statuses: readonly [status: Status, word: string, sign: string][] = [
  ['fail', 'failed', '✕'],
  ['warn', 'warned', '!'],
  ['error', 'error', '⚠'],
  ['known', 'known', '≈'],
  ['pass', 'passed', '✓'],
  ['not-testable', 'not testable', '?'],
  ['not-applicable', 'not applicable', '–'],
]

/** What the verdict is called. */
export const verdictWords: Record<VerdictName, string> = {
  pass: 'Passed',
  fail: 'Failed',
  incomplete: 'Incomplete',
  unreachable: 'Not judged',
  interrupted: 'Interrupted',
}

/** A status as a small label: a sign for the eye, a word for everybody. */
export function badge(status: Status): Markup {
  const [, word = status, sign = ''] = statuses.find(([name]) => name === status) ?? []
  return html`<span class="badge ${status}"><span aria-hidden="true">${sign}</span> ${word}</span>`
}

/** The name of a part and, where it is another, its URL. */
export function partTitle(run: Run, part: Part): { name: string; url?: string } {
  const name = partName(run, part)
  return name === part.target.url ? { name } : { name, url: part.target.url }
}
