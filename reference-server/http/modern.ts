import { setTimeout as delay } from 'node:timers/promises'
import { toWebRequest } from '@modelcontextprotocol/node'
import type { JSONRPCRequest, RequestId } from '@modelcontextprotocol/sdk/types.js'
import { createMcpHandler } from '@modelcontextprotocol/server'
import type { Request, Response } from 'express'
import { type Authenticator, callerOf } from '../auth/caller.js'
import { admitRequest } from '../modern/admission.js'
import { asSubscription, narrowed } from '../modern/listen.js'
import { RequestStates } from '../modern/request-state.js'
import { serverForOneRequest } from '../modern/responder.js'
import { CODE } from '../protocol/error.js'
import type { SubscriptionBoard } from '../protocol/subscriptions.js'
import type { Transport } from './endpoint.js'
import { admit, isRequest, parseJson } from './message.js'
import { Refusal } from './refusal.js'
import { sendResponse } from './send-response.js'

const MOST_SUBSCRIPTIONS = 5000

/** How long requests may take to finish once the server is to stop. */
const DRAIN_MS = 300

/** The status by which the SDK says that it never came to an answer. */
const CUT_OFF = 499

/** How a modern transport is set up. */
export interface ModernConditions {
  json: boolean
  board: SubscriptionBoard
  answerSeconds: number
}

function goingDown(id: RequestId): Refusal {
  return new Refusal(503, CODE.refused, 'The server is going down', { id, headers: { 'Retry-After': '1' } })
}

/**
 * Streamable HTTP of 2026-07-28: each POST is a world of its own, GET and DELETE do not exist (transport-get-405). The
 * SDK serves what has been admitted; Mcp-Session-Id and Last-Event-ID are never looked at (transport-ignore-session-id).
 */
export function modern(
  path: string,
  { json, board, answerSeconds }: ModernConditions,
  authenticator: Authenticator,
): Transport {
  const states = new RequestStates(answerSeconds)
  const handler = createMcpHandler(() => serverForOneRequest(surroundings), {
    legacy: 'reject',
    // Its mode json would warn on the console; nothing is sent that would turn a JSON answer into a stream.
    responseMode: json ? 'auto' : 'sse',
    maxSubscriptions: MOST_SUBSCRIPTIONS,
  })
  const { notify } = handler
  const surroundings = {
    json,
    states,
    touch: (uri: string) => board.touch(uri),
    listsChanged() {
      notify.toolsChanged()
      notify.promptsChanged()
      notify.resourcesChanged()
    },
  }
  board.join({ isSubscribed: () => true, resourceUpdated: (uri) => notify.resourceUpdated(uri) })

  const running = new Set<Promise<void>>()
  let closing = false

  async function serve(request: JSONRPCRequest, req: Request, res: Response): Promise<void> {
    const hungUp = new AbortController()
    // Also while a JSON answer is awaited: closing is cancelling (cancellation-close-is-cancel).
    res.once('close', () => res.writableFinished || hungUp.abort())
    const listens = request.method === 'subscriptions/listen'
    const parsedBody = listens ? narrowed(request) : request
    const webRequest = await toWebRequest(req, parsedBody, { signal: hungUp.signal })
    const authInfo = { token: '', clientId: callerOf(res).principal, scopes: [] }
    const response = await handler.fetch(webRequest, { parsedBody, authInfo })
    if (response.status === CUT_OFF) throw goingDown(request.id)
    await sendResponse(listens ? asSubscription(response) : response, res)
  }

  async function track(request: JSONRPCRequest, served: Promise<void>): Promise<void> {
    if (request.method === 'subscriptions/listen') return served
    running.add(served)
    await served.finally(() => running.delete(served))
  }

  return {
    paths: {
      [path]: {
        async POST(req, res) {
          const body = parseJson(req.body ?? new Uint8Array())
          if (Array.isArray(body)) throw new Refusal(400, CODE.invalidRequest, 'There are no batches')
          const message = admit(body)
          if (!('method' in message)) throw new Refusal(400, CODE.invalidRequest, 'Responses cannot be posted')
          authenticator.authorize(callerOf(res), [message])
          // No notification of a client means anything over HTTP, where closing the stream cancels.
          if (!isRequest(message)) return void res.status(202).end()
          admitRequest(message, req.headers)
          if (closing) throw goingDown(message.id)
          await track(message, serve(message, req, res))
        },
      },
    },
    async close() {
      closing = true
      await Promise.race([Promise.allSettled(running), delay(DRAIN_MS, undefined, { ref: false })])
      await handler.close()
    },
  }
}
