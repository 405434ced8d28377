import { setTimeout as pause } from 'node:timers/promises'
import { newestHandshake, newestModern } from '../protocol/revisions.js'
import { Wire } from '../wire/http.js'
import { isObject } from '../wire/jsonrpc.js'
import { LegacySession } from '../wire/legacy-sse.js'
import { ModernSession } from '../wire/modern.js'
import { obstacleOf } from '../wire/obstacle.js'
import type { Peer } from '../wire/peer.js'
import type { Reply } from '../wire/reply.js'
import { StreamableSession } from '../wire/streamable.js'

/** How long one answer is waited for, and how long until the next attempt, in ms. */
const answerMs = 2000
const againMs = 100

/** Why a server is not ready yet. */
export interface NotReady {
  message: string
  /** Whether anything answered, and whether that was MCP of a kind. */
  answered: boolean
  speaks: boolean
}

/**
 * Waits until a server answers as an MCP server does: an open port is not enough. Returns undefined once it does, or else, when the signal
 * ends the waiting, what was wrong last.
 */
export async function untilReady(url: string, signal: AbortSignal): Promise<NotReady | undefined> {
  const silent = { message: `${url} did not answer.`, answered: false, speaks: false }
  let last: NotReady | undefined = silent
  while (!signal.aborted) {
    const seen = await lookAt(url, signal)
    // An attempt that was cut off waited for an answer: a refusal comes at once.
    if (!signal.aborted || !seen) last = seen
    else if (!last.answered) last = silent
    if (!last) break
    await pause(againMs, undefined, { signal }).catch(() => {})
  }
  return last
}

async function lookAt(url: string, signal: AbortSignal): Promise<NotReady | undefined> {
  const wire = new Wire({ timeoutMs: answerMs })
  const release = wire.closeOn(signal)
  try {
    return await problemOf({ url, wire, plainHeaders: [], credentials: [] })
  } finally {
    release()
    await wire.close()
  }
}

/**
 * Asks once. Any JSON-RPC answer below 500 will do, a refusal included: judging it is the checks' business, as is a TLS failure. A server that
 * wants credentials (401) is ready too.
 */
async function problemOf(peer: Peer): Promise<NotReady | undefined> {
  // First what opens no session: some servers serve one in all their life.
  const { opening: discovery } = await ModernSession.open(peer, newestModern)
  if (isReady(discovery)) return undefined
  if (discovery.error)
    return { message: obstacleOf(peer, discovery, undefined).message, answered: false, speaks: false }
  const session = await StreamableSession.open(peer, newestHandshake)
  await session.close()
  if (isReady(session.opening)) return undefined
  const legacy = await LegacySession.open(peer, newestHandshake)
  await legacy.close()
  if (legacy.postUrl || isReady(legacy.stream)) return undefined
  const { kind, message } = obstacleOf(peer, session.opening, legacy.stream)
  return { message, answered: session.opening.status > 0, speaks: kind === 'handshake' }
}

function isReady(reply: Reply): boolean {
  const { status, response, error } = reply
  const refused = status === 401 || (status === 403 && reply.header('www-authenticate') !== undefined)
  const answered = status < 500 && (isObject(response?.result) || isObject(response?.error))
  return error?.kind === 'tls' || refused || answered
}
