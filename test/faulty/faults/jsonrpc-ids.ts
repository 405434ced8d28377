import { pingClient } from '../core/standing.js'
import type { Id, Json, Policy, Turn } from '../core/types.js'
import { type Fault, mend, must, onNotice, onResponse } from './fault.js'

const echo = 'jsonrpc-response-id-echo'

function twist(change: (id: Id, message: Json, turn: Turn) => unknown) {
  return (base: Policy): Partial<Policy> =>
    onResponse(base, (message, turn) => ({ ...message, id: change(message.id as Id, message, turn) }))
}

function ping(id: unknown) {
  return (): Partial<Policy> => ({ pingId: () => id })
}

/** Faults of ids. */
export const jsonrpcIdFaults: Fault[] = [
  must(
    'jsonrpc/id-to-string',
    echo,
    'LJ CH',
    'numeric ids come back as strings',
    twist((id) => String(id)),
  ),
  must(
    'jsonrpc/id-to-number',
    echo,
    'FS',
    'strings of digits come back as numbers',
    twist((id) => (/^\d+$/.test(String(id)) ? Number(id) : id)),
  ),
  must(
    'jsonrpc/id-zero',
    echo,
    'FJ',
    'id 0 comes back as null',
    twist((id) => id || null),
  ),
  must(
    'jsonrpc/id-negative',
    echo,
    'LS',
    'negative ids lose their sign',
    twist((id) => (typeof id === 'number' ? Math.abs(id) : id)),
  ),
  must(
    'jsonrpc/id-large',
    echo,
    'LJ',
    'ids above 31 bits overflow',
    twist((id) => (typeof id === 'number' ? id | 0 : id)),
  ),
  must(
    'jsonrpc/id-lowercased',
    echo,
    'FJ',
    'string ids are lower-cased',
    twist((id) => (typeof id === 'string' ? id.toLowerCase() : id)),
  ),
  must(
    'jsonrpc/id-cut',
    echo,
    'FS',
    'string ids are cut to 16 characters',
    twist((id) => (typeof id === 'string' ? id.slice(0, 16) : id)),
  ),
  must(
    'jsonrpc/id-null-on-error',
    echo,
    'FJ LS',
    'errors carry id null',
    twist((id, message) => ('error' in message ? null : id)),
  ),
  must('jsonrpc/id-string-on-tool-error', echo, 'CH', 'errors of tools/call carry the id as string', (base) =>
    twist((id, message, turn) => (turn.method === 'tools/call' && 'error' in message ? String(id) : id))(base),
  ),
  must('jsonrpc/id-missing-on-unknown', echo, 'LS', 'the error for an unknown method has no id', (base) =>
    onResponse(base, (message) => {
      if ((message.error as Json | undefined)?.code === -32601) delete message.id
      return message
    }),
  ),
  must('jsonrpc/id-empty-string', echo, 'FJ', 'a request with an empty id is taken for a notification', (base) => ({
    classify(raw, ex) {
      const item = base.classify(raw, ex)
      return item.kind === 'request' && item.id === '' ? { ...item, kind: 'notification' } : item
    },
  })),
  must(
    'jsonrpc/id-of-first',
    echo,
    'FS',
    'from the third tools/list of a session on the first id is repeated',
    (base) => {
      const seen = new WeakMap<object, Id[]>()
      return twist((id, _message, turn) => {
        const { session } = turn.ex
        if (session === undefined || turn.method !== 'tools/list') return id
        const ids = seen.get(session) ?? []
        seen.set(session, ids)
        ids.push(id)
        return ids.length > 2 ? ids[0] : id
      })(base)
    },
  ),
  must(
    'jsonrpc/id-initialize',
    echo,
    'LJ',
    'every initialize is answered with id 0',
    twist((id, _m, turn) => (turn.method === 'initialize' ? 0 : id)),
  ),
  must(
    'jsonrpc/progress-with-id',
    'jsonrpc-notification-no-id',
    'FS LS',
    'progress notifications carry an id',
    (base) =>
      onNotice(base, 'notifications/progress', (message) => {
        message.id = 99
      }),
  ),
  must('jsonrpc/log-with-null-id', 'jsonrpc-notification-no-id', 'FS', 'log notifications carry id null', (base) =>
    onNotice(base, 'notifications/message', (message) => {
      message.id = null
    }),
  ),
  must('jsonrpc/updated-with-id', 'jsonrpc-notification-no-id', 'CH', 'resource updates carry an id', (base) =>
    mend(base, (message) =>
      message.method === 'notifications/resources/updated' ? { ...message, id: 'u1' } : message,
    ),
  ),
  must('jsonrpc/ping-id-null', 'jsonrpc-server-request-id', 'FS', 'pings of the server have id null', ping(null)),
  must(
    'jsonrpc/ping-id-object',
    'jsonrpc-server-request-id',
    'CH',
    'pings of the server have an object as id',
    ping({ n: 1 }),
  ),
  must(
    'jsonrpc/ping-id-fraction',
    'jsonrpc-server-request-id',
    'FJ',
    'pings of the server have a fraction as id',
    ping(0.5),
  ),
  must(
    'jsonrpc/ping-id-reused',
    'jsonrpc-server-request-id-unique',
    'FS',
    'pings of the server share one id',
    (base) => ({
      pingId: () => 'alive',
      opened(stream, session, ex) {
        base.opened(stream, session, ex)
        session.later(500, () => pingClient(session))
        session.later(900, () => pingClient(session))
      },
    }),
  ),
]
