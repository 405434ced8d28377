import { expect, it } from 'vitest'
import { nextId, notification, request } from './jsonrpc.js'
import type { Reply } from './reply.js'
import type { Payload, SendOptions } from './session.js'
import { type Trace, traceOf } from './trace.js'

const cancelled = notification('notifications/cancelled', { requestId: 'never' })
const rows: [what: string, trace: Trace, payload: Payload, status: number, rest?: object][] = [
  ['an ordinary request', 'none', request('tools/list'), 200],
  ['the same under an id given to it alone', 'none', request('ping', {}, 'gauntlet-0123456789ab'), 200],
  ['a number made for it', 'none', request('ping', {}, nextId()), 200],
  ['an id that others may use too', 'some', request('ping', {}, 0), 200],
  ['a method nobody has', 'none', request('gauntlet/unknown'), 200],
  ['a request that changes the session', 'some', request('logging/setLevel', { level: 'debug' }), 200],
  ['odd headers', 'doubt', request('ping'), 200, { headers: { origin: 'http://evil.example' } }],
  ['somebody else', 'doubt', request('ping'), 401, { options: { identity: 'none' } }],
  ['a refused body', 'doubt', '{"jsonrpc"', 400],
  ['a body that is served', 'some', '{"jsonrpc":"2.0","id":1,"method":"ping"}', 200],
  ['no answer', 'some', request('ping'), 0],
  ['a failure of the server', 'some', request('ping'), 500],
  ['a notification about nothing', 'doubt', cancelled, 202],
  ['a notification while something is under way', 'some', cancelled, 202, { idle: false }],
]

it.each(rows)('%s: %s', (_what, trace, payload, status, rest = {}) => {
  const {
    headers = {},
    options = {},
    idle = true,
  } = rest as {
    headers?: Record<string, string>
    options?: SendOptions
    idle?: boolean
  }
  const reply = { status, ok: status >= 200 && status < 300 } as Reply
  expect(traceOf(payload, headers, options, reply, idle)).toBe(trace)
})
