import { isObject } from '../wire/jsonrpc.js'
import type { Client } from './client.js'
import { notApplicable } from './expect.js'
import { type Fault, type FaultRequest, onReply } from './fault.js'

const wellKnown = '/.well-known/oauth-authorization-server'

/**
 * The authorization-server metadata of a server that is its own issuer, as in 2025-03-26 (RFC 8414); ends the check for all others.
 * Servers of later revisions may leave sign-in to another host, so its absence is nothing to judge there.
 */
export async function ownIssuerMetadata(client: Client): Promise<Record<string, any>> {
  const { origin } = new URL(client.facts.url)
  const reply = await client.http({
    url: origin + wellKnown,
    headers: { accept: 'application/json' },
    identity: 'none',
  })
  reply.close()
  const [document] = reply.messages
  if (reply.status !== 200 || !isObject(document))
    return notApplicable('the server publishes no authorization-server metadata of its own')
  const own =
    typeof document.issuer === 'string' && URL.canParse(document.issuer) && new URL(document.issuer).origin === origin
  return own ? document : notApplicable('the authorization server is another host')
}

/** Changes the authorization-server metadata. */
export function onIssuerMetadata(change: (document: any, request: FaultRequest) => unknown): Fault {
  return onReply(
    (request) => request.url.startsWith(wellKnown),
    (reply, request) =>
      reply.status === 200
        ? { ...reply, body: JSON.stringify(change(JSON.parse(reply.body ?? '{}'), request)) }
        : reply,
  )
}
