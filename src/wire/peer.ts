import type { Account } from './exchange.js'
import { type HeaderList, headerOf } from './headers.js'
import type { HttpRequest, Wire } from './http.js'
import type { Reply } from './reply.js'

/** Who a request claims to be: `own` sends the operator's credentials, `second` the second user's, `none` sends none, a list sends just that. */
export type Identity = 'own' | 'second' | 'none' | HeaderList

/** How to reach one server: its URL, the headers of each identity, the network, and where exchanges are recorded. */
export interface Peer {
  url: string
  wire: Wire
  /** Headers the operator asked for that are no credentials; sent with every request. */
  plainHeaders: HeaderList
  /** Headers that carry the operator's credentials, if any. */
  credentials: HeaderList
  /** The same for a second user, when one was given. */
  secondCredentials?: HeaderList
  record?: (account: Account) => void
  /** The life of the server in which it is used: once that is over, nothing more goes out. */
  life?: number
  /** Is told of every message that comes in a session, with the version its request named in the header. */
  hear?: (message: unknown, reply: Reply, version: string | undefined, account: Account) => void
}

/** The headers that make a request come from an identity. */
export function identityHeaders(peer: Peer, identity: Identity = 'own'): HeaderList {
  if (identity === 'none') return [...peer.plainHeaders]
  if (identity === 'own') return [...peer.plainHeaders, ...peer.credentials]
  if (identity === 'second') return [...peer.plainHeaders, ...(peer.secondCredentials ?? [])]
  return [...peer.plainHeaders, ...identity]
}

/** Sends a request as it is and records it with the peer. */
export function send(peer: Peer, wanted: HttpRequest): Promise<Reply> {
  const { hear, record, life } = peer
  const request = life === undefined ? wanted : { ...wanted, life }
  const { onMessage } = request
  if (!hear || !onMessage) return peer.wire.send(request, record)
  const version = headerOf(request.headers, 'mcp-protocol-version')
  let account: Account
  const keep = (one: Account) => {
    account = one
    record?.(one)
  }
  const told = (message: unknown, reply: Reply) => {
    hear(message, reply, version, account)
    onMessage(message, reply)
  }
  return peer.wire.send({ ...request, onMessage: told }, keep)
}
