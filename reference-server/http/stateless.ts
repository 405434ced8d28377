import { type Authenticator, callerOf } from '../auth/caller.js'
import { Conversation } from '../protocol/conversation.js'
import { ASSUMED_REVISION } from '../protocol/revisions.js'
import type { SubscriptionBoard } from '../protocol/subscriptions.js'
import { Channel } from './channel.js'
import type { Transport } from './endpoint.js'
import { withAgreedRevision } from './initialize.js'
import { admit, admitBatch, isRequest, parseJson } from './message.js'
import { headerRevision } from './post-headers.js'

/**
 * Streamable HTTP without sessions: a channel of its own for each POST, so that equal ids of different clients never
 * meet. GET and DELETE do not exist here and are 405 (transport-get-sse-or-405).
 */
export function stateless(
  path: string,
  json: boolean,
  board: SubscriptionBoard,
  authenticator: Authenticator,
): Transport {
  const open = new Set<Channel>()
  return {
    paths: {
      [path]: {
        async POST(req, res) {
          const body = parseJson(req.body ?? new Uint8Array())
          const isBatch = Array.isArray(body)
          const message = isBatch ? undefined : admit(body)
          const request = message && isRequest(message) ? message : undefined
          const isInitialize = request?.method === 'initialize'
          const revision = (isInitialize ? undefined : headerRevision(req, request?.id)) ?? ASSUMED_REVISION
          const single = request && isInitialize ? withAgreedRevision(request) : message
          const messages = single ? [single] : admitBatch(body as unknown[], revision)
          authenticator.authorize(callerOf(res), messages)

          const channel = new Channel(new Conversation(board, false, revision), { json })
          open.add(channel)
          await channel.open()
          channel.onidle = () => {
            open.delete(channel)
            void channel.close()
          }
          await channel.post(messages, isBatch, res)
          if (!channel.busy) channel.onidle()
        },
      },
    },
    close: async () => void (await Promise.all([...open].map((channel) => channel.close()))),
  }
}
