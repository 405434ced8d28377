import { expect, it } from 'vitest'
import { fingerprints } from '../protocol/fingerprints/index.js'
import type { Exchange } from '../wire/exchange.js'
import { causeOf } from './cause.js'

const answered = (status: number, body = '', headers: [string, string][] = [], path = '/'): Exchange => ({
  request: { method: 'POST', url: `http://a${path}`, headers: [] },
  response: { status, headers, body },
  ms: 1,
})
const failed = (kind: 'reset' | 'timeout'): Exchange => ({
  ...answered(0),
  error: { kind, message: 'x' },
  ended: 'failed',
})
const { response: _, ...silent } = failed('reset')
const { response: __, ...late } = failed('timeout')

const fingerprint = (id: string) => fingerprints.find((one) => one.id === id)!.cause

it.each<[what: string, exchanges: Exchange[], cause: string | undefined]>([
  ['no exchange', [], undefined],
  ['an ordinary answer', [answered(200)], undefined],
  ['an ordinary refusal', [answered(400)], undefined],
  ['a redirect', [answered(307, '', [['Location', '/a/']], '/a')], fingerprint('redirect-for-a-slash')],
  ['a redirect elsewhere', [answered(307, '', [['Location', '/b']])], fingerprint('redirect-elsewhere')],
  ['a redirect to nowhere', [answered(302)], 'HTTP 302: requests are redirected to nowhere'],
  ['the Host guard', [answered(421)], fingerprint('host-guard')],
  ['a rate limit', [answered(429)], 'HTTP 429: the server limits the rate of requests'],
  ['a crash, with its first words in one line', [answered(500, 'oops\n  at x')], 'HTTP 500: oops at x'],
  ['a crash without words', [answered(503)], 'HTTP 503: the server broke on the request'],
  ['a dropped connection', [silent], 'the connection fails: reset'],
  ['a timeout may be about the rule', [late], undefined],
  ['only the last exchange counts', [answered(500), answered(200)], undefined],
])('%s', (_, exchanges, cause) => expect(causeOf(exchanges)?.cause).toBe(cause))
