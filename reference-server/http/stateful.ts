import type { JSONRPCMessage, JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js'
import type { Request, Response } from 'express'
import { type Authenticator, callerOf } from '../auth/caller.js'
import { CODE } from '../protocol/error.js'
import type { Transport } from './endpoint.js'
import { withAgreedRevision } from './initialize.js'
import { admit, admitBatch, isRequest, parseJson } from './message.js'
import { headerRevision, requireAcceptStream } from './post-headers.js'
import { Refusal } from './refusal.js'
import type { Session, SessionConditions } from './session.js'
import { SessionTable } from './session-table.js'

/**
 * Streamable HTTP with sessions. The SDK has one transport per session and no idea of the others: which session a
 * request belongs to, and whether it may, is decided here.
 */
export function stateful(path: string, conditions: SessionConditions, authenticator: Authenticator): Transport {
  const sessions = new SessionTable(conditions)

  function sessionOf(req: Request, res: Response, message?: JSONRPCMessage): Session {
    const id = message && isRequest(message) ? message.id : undefined
    const session = sessions.find(req.get('mcp-session-id'), callerOf(res).principal, id)
    headerRevision(req, id)
    return session
  }

  async function initialize(message: JSONRPCRequest, req: Request, res: Response): Promise<void> {
    const { id } = message
    if (req.get('mcp-session-id') !== undefined) {
      sessions.find(req.get('mcp-session-id'), callerOf(res).principal, id)
      throw new Refusal(400, CODE.invalidRequest, 'This session is initialized already', { id })
    }
    const agreed = withAgreedRevision(message)
    const session = await sessions.open(callerOf(res).principal)
    await session.post([agreed], false, res)
  }

  return {
    paths: {
      [path]: {
        async POST(req, res) {
          const body = parseJson(req.body ?? new Uint8Array())
          if (Array.isArray(body)) {
            const session = sessionOf(req, res)
            const messages = admitBatch(body, session.channel.conversation.revision)
            authenticator.authorize(callerOf(res), messages)
            return session.post(messages, true, res)
          }
          const message = admit(body)
          authenticator.authorize(callerOf(res), [message])
          if (isRequest(message) && message.method === 'initialize') return initialize(message, req, res)
          await sessionOf(req, res, message).post([message], false, res)
        },
        async GET(req, res) {
          requireAcceptStream(req)
          await sessionOf(req, res).listen(req.get('last-event-id'), res)
        },
        async DELETE(req, res) {
          await sessionOf(req, res).end()
          res.status(204).end()
        },
      },
    },
    close: () => sessions.close(),
  }
}
