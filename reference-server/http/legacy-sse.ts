import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js'
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js'
import type { Request, Response } from 'express'
import { type Authenticator, callerOf } from '../auth/caller.js'
import { Conversation } from '../protocol/conversation.js'
import { CODE } from '../protocol/error.js'
import type { Transport } from './endpoint.js'
import { beat } from './heartbeat.js'
import { admit, admitBatch, cancelledBy, isRequest, parseJson } from './message.js'
import { requireAcceptStream } from './post-headers.js'
import { Refusal } from './refusal.js'
import type { SessionConditions } from './session.js'

const MOST_STREAMS = 5000
const KEEP_ALIVE_MS = 15_000

interface LegacySession {
  principal: string
  transport: SSEServerTransport
  conversation: Conversation
  inFlight: Set<RequestId>
}

/**
 * The HTTP+SSE transport of 2024-11-05: one stream for everything the server says, and a second path for the client's
 * messages. Refusals are JSON, where the SDK writes plain text that repeats the body.
 */
export function legacySse(
  paths: { stream: string; messages: string; announced: string },
  { board, pingIntervalMs }: SessionConditions,
  authenticator: Authenticator,
): Transport {
  const sessions = new Map<string, LegacySession>()

  async function open(req: Request, res: Response): Promise<void> {
    requireAcceptStream(req)
    if (sessions.size >= MOST_STREAMS)
      throw new Refusal(503, CODE.refused, 'Too many streams', { headers: { 'Retry-After': '1' } })
    res.set('X-Accel-Buffering', 'no')
    const transport = new SSEServerTransport(paths.announced, res)
    const conversation = new Conversation(board, true, '2024-11-05')
    const session = { principal: callerOf(res).principal, transport, conversation, inFlight: new Set<RequestId>() }
    const send = transport.send.bind(transport)
    transport.send = (message) => {
      if (!('method' in message) && message.id !== undefined) session.inFlight.delete(message.id)
      return send(message)
    }
    sessions.set(transport.sessionId, session)
    const unwatch = beat(conversation.server, pingIntervalMs, () => res.end())
    // The SDK keeps the streams of Streamable HTTP alive, but not this one.
    const comments = setInterval(() => res.write(': keepalive\n\n'), KEEP_ALIVE_MS).unref()
    res.once('close', () => {
      sessions.delete(transport.sessionId)
      clearInterval(comments)
      unwatch()
    })
    await conversation.server.connect(transport)
  }

  function deliver(session: LegacySession, messages: readonly JSONRPCMessage[]): void {
    const ids = messages.filter(isRequest).map((message) => message.id)
    const taken = ids.find((id) => session.inFlight.has(id))
    if (taken !== undefined) throw new Refusal(400, CODE.invalidRequest, 'This id is in use', { id: taken })
    for (const id of ids) session.inFlight.add(id)
    for (const message of messages) {
      const cancelled = cancelledBy(message)
      if (cancelled !== undefined && session.inFlight.delete(cancelled)) session.conversation.cancel(cancelled)
      session.transport.onmessage?.(message)
    }
  }

  async function receive(req: Request, res: Response): Promise<void> {
    const { sessionId } = req.query
    if (typeof sessionId !== 'string') throw new Refusal(400, CODE.refused, 'sessionId is required')
    const session = sessions.get(sessionId)
    if (session?.principal !== callerOf(res).principal) throw new Refusal(404, CODE.refused, 'Session not found')
    const body = parseJson(req.body ?? new Uint8Array())
    const messages = Array.isArray(body) ? admitBatch(body, session.conversation.revision) : [admit(body)]
    authenticator.authorize(callerOf(res), messages)
    deliver(session, messages)
    res.status(202).end()
  }

  return {
    paths: { [paths.stream]: { GET: open }, [paths.messages]: { POST: receive } },
    async close() {
      await Promise.all([...sessions.values()].map(({ transport }) => transport.close()))
      sessions.clear()
    },
  }
}
