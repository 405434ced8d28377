import type { Exchange } from '../../wire/exchange.js'
import { curlWithin } from '../curl.js'
import { msUnit, plural, whole } from '../figures.js'
import { html, type Markup } from './markup.js'

/** How much of one text is shown; the rest stands in the Run document. */
const most = 6000

/** How many exchanges of one result are shown, the newest. */
const newest = 3

/** The command that repeats an exchange, folded. */
export function curlBlock(exchange: Exchange): Markup {
  return html`<details class="fold"><summary>Reproduce with curl</summary><pre class="wrap copy" tabindex="0">${curlWithin(exchange, most)}</pre></details>`
}

/** What went over the wire, folded, oldest first. */
export function exchangeBlock(exchanges: readonly Exchange[]): Markup {
  const shown = exchanges.slice(-newest)
  const before = exchanges.length - shown.length
  return html`<details class="fold"><summary>Recorded exchange${exchanges.length > 1 && `s (${exchanges.length})`}</summary>
${before > 0 && html`<p class="quiet">${plural(before, 'earlier exchange')} of this check: see run.json.</p>`}
${shown.map((exchange) => html`<div class="exchange"><pre class="wrap" tabindex="0" aria-label="Request">${requestText(exchange)}</pre><pre class="wrap" tabindex="0" aria-label="Response">${responseText(exchange)}</pre></div>`)}</details>`
}

function requestText({ request: { method, url, headers, body } }: Exchange): string {
  return [`${method} ${url}`, ...lines(headers), ...(body === undefined ? [] : ['', cut(body)])].join('\n')
}

function responseText({ response, error, ended, ms }: Exchange): string {
  const after = `after ${msUnit(ms)}${ended && ended !== 'complete' ? `, ${ended}` : ''}`
  if (!response) return `no answer (${error ? `${error.kind}: ${error.message}, ` : ''}${after})`
  return [`HTTP ${response.status} ${after}`, ...lines(response.headers), '', cut(response.body)].join('\n')
}

function lines(headers: Exchange['request']['headers']): string[] {
  return headers.map(([name, value]) => cut(`${name}: ${value}`))
}

function cut(text: string): string {
  return text.length > most
    ? `${text.slice(0, most)}\n… ${whole(text.length - most)} more characters: see run.json`
    : text
}
