import { fingerprints, recognise, remedyOf, type Sighting } from '../protocol/fingerprints/index.js'
import type { Obstacle } from './facts.js'
import { isObject } from './jsonrpc.js'
import type { Peer } from './peer.js'
import type { Reply } from './reply.js'

/**
 * Turns the answers to the first handshakes into one clear sentence, with the known cause and its fix where the answer bears a fingerprint.
 * `post` answered initialize, `get` the attempt at HTTP+SSE.
 */
export function obstacleOf(peer: Peer, post: Reply, get: Reply | undefined): Obstacle {
  const plain = plainObstacle(peer, post, get)
  const print = plain.kind === 'credentials' || post.ok ? undefined : recognise(sightingOf(peer, post))
  if (!print) return plain
  const remedy = remedyOf(print)
  return { ...plain, message: `${plain.message} Known cause (${remedy.layer}): ${remedy.cause}. ${remedy.fix}`, remedy }
}

/**
 * The same obstacle, told by what the very first request met: a server whose only transport is used up answers all that follows with a bare
 * HTTP 500, which says nothing.
 */
export function sinceTheFirst(peer: Peer, obstacle: Obstacle, first: Reply | undefined): Obstacle {
  if (!first || obstacle.remedy || (obstacle.status ?? 0) < 500 || first.status === 0) return obstacle
  if (first.status >= 500)
    return first.body.length > 0 ? obstacle : { ...obstacle, message: `${obstacle.message} ${restart}` }
  const usedUp = fingerprints.find(({ id }) => id === 'stateless-transport-reused')!
  const print = first.ok ? undefined : recognise(sightingOf(peer, first))
  if (!print && !first.response) return obstacle
  const remedy = remedyOf(print ?? usedUp)
  const words = first.ok
    ? ''
    : `, "${peer.wire.redact.text(first.text.slice(0, 2000)).replace(/\s+/g, ' ').slice(0, 120)}"`
  const told = `The first request of all was answered with HTTP ${first.status}${words}, every later one with ${obstacle.status}.`
  const also = print ? ` After that: ${remedyOf(usedUp).cause}. ${remedyOf(usedUp).fix}` : ''
  const known = `Known cause (${remedy.layer}): ${remedy.cause}. ${remedy.fix}`
  return { ...obstacle, message: `${obstacle.message} ${told} ${known}${also}`, remedy }
}

const restart =
  'A server with one transport for all clients answers so once it has served a request: restart it and ask again, and the first answer tells.'

/** The answer to an initialize as fingerprints look at it. */
function sightingOf(peer: Peer, { status, headers, text }: Reply): Sighting {
  const sent = [['accept', 'application/json, text/event-stream']] as const
  return { method: 'POST', url: peer.url, sent, sentBody: '{}', status, headers, body: text.slice(0, 8000) }
}

function plainObstacle(peer: Peer, post: Reply, get: Reply | undefined): Obstacle {
  const { origin } = new URL(peer.url)
  const error = post.error
  if (error?.kind === 'tls')
    return {
      kind: 'tls',
      message: `TLS to ${origin} failed: ${plainly(error.message)}. Mend the certificate, or set NODE_EXTRA_CA_CERTS to the CA that signed it.`,
    }
  if (error?.kind === 'refused')
    return {
      kind: 'unreachable',
      message: `Nothing listens at ${origin}: the connection was refused. Start the server or check the port.`,
    }
  if (error?.kind === 'dns')
    return { kind: 'unreachable', message: `The host name of ${origin} does not resolve. Check the spelling.` }
  if (post.status === 0 && post.ended === 'timeout')
    return {
      kind: 'unreachable',
      message: `${peer.url} did not answer within ${peer.wire.waiting.timeoutMs} ms. Check the address, or raise --timeout.`,
    }
  if (error?.kind === 'malformed')
    return { kind: 'unreachable', message: `What answers at ${origin} is not HTTP: ${error.message}. Check the port.` }
  if (post.status === 0)
    return {
      kind: 'unreachable',
      message: `${origin} broke the connection before answering: ${error?.message ?? post.ended}.`,
    }
  const status = [401, 403].includes(post.status)
    ? post.status
    : get && [401, 403].includes(get.status)
      ? get.status
      : post.status
  if (status === 401 || (status === 403 && post.header('www-authenticate'))) {
    const given = peer.credentials.length > 0
    const advice = given
      ? 'The credentials given were refused; check the token and its audience.'
      : 'Pass a token with --token-env NAME or a header with --header-file.'
    return { kind: 'credentials', status, message: `${peer.url} answered ${status}: it wants credentials. ${advice}` }
  }
  if (post.status >= 300 && post.status < 400)
    return {
      kind: 'not-mcp',
      status,
      message: `${peer.url} redirects (${post.status}) to ${post.header('location') ?? 'nowhere'}; redirects are not followed with a message in hand. Use the final URL.`,
    }
  if (post.type === 'text/html' || get?.type === 'text/html')
    return {
      kind: 'not-mcp',
      status,
      message: `${peer.url} answers with an HTML page (HTTP ${post.status}), not with MCP. Check the path, often /mcp or /sse.`,
    }
  const speaks =
    post.isStream ||
    (post.ok && post.text.replaceAll('\0', '').includes('jsonrpc')) ||
    post.messages.some((one) => isObject(one) && ('jsonrpc' in one || 'error' in one)) ||
    get?.isStream === true
  if (!speaks && (post.status === 404 || post.status === 405))
    return {
      kind: 'not-mcp',
      status,
      message: `${peer.url} answers ${post.status} to POST and offers no event stream: no MCP endpoint lives at this path. Often it is /mcp or /sse.`,
    }
  const words = peer.wire.redact.text(post.text.slice(0, 2000)).replace(/\s+/g, ' ').slice(0, 160)
  return {
    kind: speaks ? 'handshake' : 'not-mcp',
    status,
    message: `${peer.url} did not complete initialize: HTTP ${post.status}${words ? `, "${words}"` : ', empty body'}.`,
  }
}

/** The words of a TLS failure without OpenSSL's addresses and file names. */
function plainly(message: string): string {
  const reason = /SSL routines:[^:]*:([^:]+):/.exec(message)?.[1]
  return reason === 'wrong version number' ? 'the port does not speak TLS (try http)' : (reason ?? message)
}
