import { TICKER } from '../core/session.js'
import type { Json, Policy, Turn } from '../core/types.js'
import { declare, type Fault, instead, must, onItems, recode, should } from './fault.js'

const method =
  (...names: string[]) =>
  (turn: Turn): boolean =>
    names.includes(turn.method)
const updated = (uri: string): Json => ({ jsonrpc: '2.0', method: 'notifications/resources/updated', params: { uri } })

const without =
  (key: string) =>
  (base: Policy): Partial<Policy> =>
    declare(base, (capabilities) => Object.fromEntries(Object.entries(capabilities).filter(([name]) => name !== key)))

const blob =
  (change: (data: string) => string) =>
  (base: Policy): Partial<Policy> =>
    onItems(base, 'resources/read', 'contents', (item) => {
      if (typeof item.blob === 'string') item.blob = change(item.blob)
    })

/** Faults of resources. */
export const resourceFaults: Fault[] = [
  must(
    'resources/undeclared',
    'resources-capability-declared',
    'LJ',
    'resources are served but not declared',
    without('resources'),
  ),
  must(
    'resources/list-missing',
    'resources-list-answered-legacy',
    'FJ',
    'resources/list is unknown although declared',
    (base) =>
      instead(base, (turn) =>
        turn.method === 'resources/list' ? { error: { code: -32601, message: 'not here' } } : undefined,
      ),
  ),
  must('resources/list-broken', 'resources-list-answered-legacy', 'CH', 'resources/list fails inside', (base) =>
    instead(base, (turn) =>
      turn.method === 'resources/list' ? { error: { code: -32603, message: 'no such table' } } : undefined,
    ),
  ),
  must(
    'resources/subscribe-missing',
    'resources-subscribe-works',
    'FJ',
    'resources/subscribe is unknown although declared',
    (base) =>
      instead(base, (turn) =>
        turn.method === 'resources/subscribe' ? { error: { code: -32601, message: 'not here' } } : undefined,
      ),
  ),
  must(
    'resources/updates-missing',
    'resources-subscribe-works',
    'FS CH',
    'no update follows a subscription',
    (base) => ({
      outgoing: (message, whence) => (message.method === updated('').method ? [] : base.outgoing(message, whence)),
    }),
  ),
  must(
    'resources/unsubscribe-ignored',
    'resources-subscribe-works',
    'FJ CH',
    'updates go on after unsubscribing',
    (base) => instead(base, (turn) => (turn.method === 'resources/unsubscribe' ? { result: {} } : undefined)),
  ),
  should(
    'resources/updates-unasked',
    'resources-updated-only-subscribed',
    'FS',
    'updates are sent without any subscription',
    (base) => ({
      opened(stream, session, ex) {
        base.opened(stream, session, ex)
        session.every(300, () => session.announce(updated('ledger:///books/beta.txt')))
      },
    }),
  ),
  should(
    'resources/updates-shared',
    'resources-updated-only-subscribed',
    'FJ CH',
    'a subscription of one session serves all',
    (base) => ({
      async dispatch(turn) {
        const reply = await base.dispatch(turn)
        if (turn.method === 'resources/subscribe' && 'result' in reply) {
          for (const session of turn.ex.world.sessions.values()) session.subscriptions.add(TICKER)
        }
        return reply
      },
    }),
  ),
  should('resources/missing-32602', 'resources-not-found-32002', 'LJ', 'a missing resource gets -32602', (base) =>
    recode(base, -32002, -32602, method('resources/read')),
  ),
  should('resources/missing-32603', 'resources-not-found-32002', 'CH', 'a missing resource gets -32603', (base) =>
    recode(base, -32002, -32603, method('resources/read')),
  ),
  should(
    'resources/missing-empty',
    'resources-not-found-32002',
    'FS',
    'a missing resource has empty contents',
    (base) => ({
      async dispatch(turn) {
        const reply = await base.dispatch(turn)
        return turn.method === 'resources/read' && 'error' in reply && reply.error.code === -32002
          ? { result: { contents: [] } }
          : reply
      },
    }),
  ),
  must('resources/relative-read', 'resources-uri-validated', 'FJ', 'a relative path is read', (base) =>
    instead(base, (turn) => {
      const { uri } = turn.params
      if (turn.method !== 'resources/read' || typeof uri !== 'string' || /^[a-z][a-z0-9+.-]*:/i.test(uri))
        return undefined
      return { result: { contents: [{ uri, mimeType: 'text/plain', text: 'root:x:0:0:root:/root:/bin/sh' }] } }
    }),
  ),
  must('resources/traversal', 'resources-uri-validated', 'LS', 'dots in a URI lead out of the tree', (base) =>
    instead(base, (turn) => {
      const { uri } = turn.params
      const climbs = turn.method === 'resources/read' && typeof uri === 'string' && /\.\.|%2e%2e/i.test(uri)
      return climbs
        ? { result: { contents: [{ uri, mimeType: 'text/plain', text: 'root:x:0:0:root:/root:/bin/sh' }] } }
        : undefined
    }),
  ),
  must('resources/bad-uri-crashes', 'resources-uri-validated', 'LJ', 'a malformed URI ends in HTTP 500', (base) => ({
    async dispatch(turn) {
      if (turn.method === 'resources/read' && !URL.canParse(String(turn.params.uri))) throw new Error('crash')
      return base.dispatch(turn)
    },
  })),
  must(
    'resources/blob-hex',
    'resources-binary-encoded',
    'FS',
    'blobs are hex with separators',
    blob((data) => Buffer.from(data, 'base64').toString('hex').replace(/(..)/g, '$1:')),
  ),
  must(
    'resources/blob-lines',
    'resources-binary-encoded',
    'LJ',
    'blobs are raw bytes as text',
    blob((data) => Buffer.from(data, 'base64').toString('latin1')),
  ),
  must(
    'resources/blob-cut',
    'resources-binary-encoded',
    'CH',
    'blobs lose their last character',
    blob((data) => data.replace(/=+$/, '').slice(0, -1)),
  ),
  must(
    'resources/scheme',
    'resources-custom-scheme-rfc3986',
    'FJ',
    'a resource has a scheme with an underscore',
    (base) => ({
      ...onItems(base, 'resources/list', 'resources', (item) => {
        item.uri = String(item.uri).replace('ledger:', 'my_ledger:')
      }),
      dispatch(turn) {
        const { uri } = turn.params
        if (typeof uri !== 'string') return base.dispatch(turn)
        return base.dispatch({ ...turn, params: { ...turn.params, uri: uri.replace(/^my_ledger:/, 'ledger:') } })
      },
    }),
  ),
  must('resources/spaces', 'resources-custom-scheme-rfc3986', 'LS', 'a resource URI has raw spaces', (base) => ({
    ...onItems(base, 'resources/list', 'resources', (item) => {
      item.uri = String(item.uri).replace('beta.txt', 'beta book.txt')
    }),
    dispatch(turn) {
      const { uri } = turn.params
      if (typeof uri !== 'string') return base.dispatch(turn)
      return base.dispatch({ ...turn, params: { ...turn.params, uri: uri.replace('beta book.txt', 'beta.txt') } })
    },
  })),
  should(
    'resources/internal-code',
    'resources-internal-error-code',
    'FS',
    'an over-long URI fails inside with code -1',
    (base) =>
      instead(base, (turn) => {
        const { uri } = turn.params
        const long = turn.method === 'resources/read' && typeof uri === 'string' && uri.length > 1000
        return long ? { error: { code: -1, message: 'internal failure' } } : undefined
      }),
  ),
  must('resources/read-other', 'resources-uri-validated', 'FJ', 'URIs of foreign schemes are read', (base) =>
    instead(base, (turn) => {
      const { uri } = turn.params
      if (turn.method !== 'resources/read' || typeof uri !== 'string' || !/^(file|https?):/i.test(uri)) return undefined
      return { result: { contents: [{ uri, mimeType: 'text/plain', text: 'contents of a file of the host' }] } }
    }),
  ),
]
