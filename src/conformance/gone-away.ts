import type { Account, Exchange } from '../wire/exchange.js'
import { isObject, parseJson } from '../wire/jsonrpc.js'
import type { Crash, Uptime } from '../wire/uptime.js'
import type { Client } from './client.js'
import { assume } from './expect.js'
import { Undecided, Violation } from './violation.js'

/** Where the one finding stands that tells of a server which went away. */
const finding = 'transport/stays-up tells of it'

/** What a check ends with during which the server went away, or before which it had gone for good. */
export function lost(when: 'before' | 'during'): Undecided {
  return new Undecided('not-testable', `the server went away ${when} this check: ${finding}`)
}

/** Rejects when the server goes away. */
export function whenGone(uptime: Uptime): Promise<never> {
  const gone = uptime.end.then(() => Promise.reject(lost('during')))
  gone.catch(() => {})
  return gone
}

/** The server must be there to the end of the run, in which it was asked something. What it may have died of becomes evidence. */
export async function expectStaysUp(client: Client): Promise<void> {
  const known = await client.crashes()
  const survey = known.length > 0 ? undefined : await client.survey().catch(() => undefined)
  const crashes = await client.crashes()
  for (const { inFlight, before } of crashes)
    for (const one of rarestLast([...inFlight, ...before])) client.witness(() => one)
  const found = violationOf(crashes)
  if (found) throw found
  assume(survey?.steps.some(({ reply }) => reply.response?.result !== undefined) ?? false, 'a request is answered')
}

/** What is found on a server that went away, if it did. */
export function violationOf(crashes: readonly Crash[]): Violation | undefined {
  if (crashes.length === 0) return undefined
  const words = crashes.map((crash, at) => `${at === 0 ? 'the server' : 'then it'} ${wordsOf(crash)}`).join('; ')
  const last = crashes.findLast(({ how, output }) => how ?? output)
  const actual = last && { ended: last.how, output: last.output?.split('\n').slice(-8) }
  return new Violation(words, 'a server that goes on answering, whatever it was asked', actual)
}

/** In the words of a report: `went away while tools/call was in flight, and was back after 0.4 s`. */
function wordsOf({ inFlight, before, after, awayMs, how }: Crash): string {
  const end = how === undefined ? '' : ` (its process ended with ${how})`
  const seconds = (awayMs / 1000).toFixed(1)
  const then = {
    'stayed away': 'and did not come back',
    'came back': `and was back after ${seconds} s`,
  }
  return `went away${end} ${during(inFlight, before)}, ${then[after]}`
}

function during(inFlight: readonly Account[], before: readonly Account[]): string {
  if (inFlight.length === 1) return `while one request was in flight: ${listed(inFlight)}`
  if (inFlight.length > 1)
    return `while ${inFlight.length} requests were in flight, one of which it may have died of: ${listed(inFlight)}`
  return before.length > 0 ? `after it had answered ${listed(before)}` : 'while nothing was in flight'
}

/** Requests in words, those first of whose kind there were fewest: what is asked all the time is unlikely to kill. */
function listed(accounts: readonly Account[]): string {
  const names = rarestLast(accounts).reverse().map(named)
  const unique = [...new Set(names)]
  const shown = unique.slice(0, 20).map((name) => {
    const times = names.filter((one) => one === name).length
    return times > 1 ? `${name} (${times})` : name
  })
  return `${shown.join(', ')}${unique.length > shown.length ? ', …' : ''}`
}

/** Requests, those last of whose kind there were fewest. */
export function rarestLast(accounts: readonly Account[]): Exchange[] {
  const all = accounts.map((account) => account())
  const times = (one: Exchange) => all.filter((other) => named(other) === named(one)).length
  return all.sort((one, other) => times(other) - times(one))
}

function named({ request: { method, body } }: Exchange): string {
  if (body === undefined) return method
  const message = parseJson(body)
  if (isObject(message) && typeof message.method === 'string') return message.method.slice(0, 60)
  return `${method} ${body.length > 60 ? `${body.slice(0, 60)}…` : body || 'without a body'}`
}
