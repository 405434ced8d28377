import type { JSONRPCRequest, RequestId } from '@modelcontextprotocol/sdk/types.js'
import { SUBSCRIPTION_ID_META_KEY } from '@modelcontextprotocol/server'
import { isResource } from '../weather/resources.js'

/** A URI that never changes: the SDK ends a subscription to nothing at once, where the page has it stay open. */
const NOTHING = 'weather://nothing'

const decoder = new TextDecoder()
const encoder = new TextEncoder()

type Message = { id?: RequestId; result?: object; params?: { notifications?: Record<string, unknown> } }

function messageIn(frame: Uint8Array): Message | undefined {
  const data = /^data: (.*)$/m.exec(decoder.decode(frame))?.[1]
  return data === undefined ? undefined : JSON.parse(data)
}

function frameOf(message: object): Uint8Array {
  return encoder.encode(`event: message\ndata: ${JSON.stringify(message)}\n\n`)
}

/** The listen request for the SDK: without URIs that no resource has (resources-uri-validated), and never empty. */
export function narrowed(request: JSONRPCRequest): JSONRPCRequest {
  const filter = request.params?.notifications as Record<string, unknown> | undefined
  const uris = filter?.resourceSubscriptions
  // Anything malformed stays as it is, for the SDK to refuse.
  if (typeof filter !== 'object' || filter === null) return request
  if (uris !== undefined && !(Array.isArray(uris) && uris.every((uri) => typeof uri === 'string'))) return request
  const resourceSubscriptions = [...(uris ?? []).filter(isResource), NOTHING]
  return { ...request, params: { ...request.params, notifications: { ...filter, resourceSubscriptions } } }
}

function acknowledged(message: Message): object {
  const { resourceSubscriptions, ...others } = message.params?.notifications ?? {}
  const uris = (resourceSubscriptions as string[]).filter((uri) => uri !== NOTHING)
  const notifications = uris.length > 0 ? { ...others, resourceSubscriptions: uris } : others
  return { ...message, params: { ...message.params, notifications } }
}

/**
 * The stream of a {@link narrowed} subscription as the client is to see it: with what was asked for in its acknowledgment,
 * and, when the server ends it, with the notification that the page on cancellation demands before the result that the
 * page on subscriptions asks for (cancellation-listen-teardown-notified, subscriptions-graceful-result).
 */
export function asSubscription(response: Response, id: RequestId): Response {
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) return response
  const teardown = { requestId: id, reason: 'The server ends', _meta: { [SUBSCRIPTION_ID_META_KEY]: id } }
  // The SDK writes one frame at a time.
  const frames = new TransformStream<Uint8Array, Uint8Array>({
    transform(frame, controller) {
      const message = messageIn(frame)
      if (message?.params?.notifications) return controller.enqueue(frameOf(acknowledged(message)))
      if (message?.result)
        controller.enqueue(frameOf({ jsonrpc: '2.0', method: 'notifications/cancelled', params: teardown }))
      controller.enqueue(frame)
    },
  })
  return new Response(response.body.pipeThrough(frames), { headers: response.headers })
}
