import type { JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js'
import { isResource } from '../weather/resources.js'

/** A URI that never changes: the SDK ends a subscription to nothing at once, where the page has it stay open. */
const NOTHING = 'weather://nothing'

const decoder = new TextDecoder()
const encoder = new TextEncoder()

/** The listen request for the SDK: without URIs that no resource has (resources-uri-validated), and never empty. */
export function narrowed(request: JSONRPCRequest): JSONRPCRequest {
  const filter = request.params?.notifications as Record<string, unknown> | undefined
  const uris = filter?.resourceSubscriptions
  // Anything malformed stays as it is, for the SDK to refuse.
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) return request
  if (uris !== undefined && !(Array.isArray(uris) && uris.every((uri) => typeof uri === 'string'))) return request
  const resourceSubscriptions = [...(uris ?? []).filter(isResource), NOTHING]
  return { ...request, params: { ...request.params, notifications: { ...filter, resourceSubscriptions } } }
}

function withoutNothing(acknowledgment: Uint8Array): Uint8Array {
  const [, before = '', json = '{}', after = ''] = /^(.*data: )(.*)(\n\n)$/s.exec(decoder.decode(acknowledgment)) ?? []
  const message = JSON.parse(json)
  const { resourceSubscriptions, ...others } = message.params.notifications
  const uris = resourceSubscriptions.filter((uri: string) => uri !== NOTHING)
  message.params.notifications = uris.length > 0 ? { ...others, resourceSubscriptions: uris } : others
  return encoder.encode(before + JSON.stringify(message) + after)
}

/**
 * The stream of a {@link narrowed} subscription with what was asked for in its acknowledgment. That the SDK ends it with a
 * result and without notifications/cancelled stays: two pages disagree, the schema has the notification on stdio alone,
 * and the SDK's client takes it for a connection lost (cancellation-listen-teardown-notified).
 */
export function asSubscription(response: Response): Response {
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) return response
  let first = true
  // The SDK writes one frame at a time, and the acknowledgment first.
  const frames = new TransformStream<Uint8Array, Uint8Array>({
    transform(frame, controller) {
      controller.enqueue(first ? withoutNothing(frame) : frame)
      first = false
    },
  })
  return new Response(response.body.pipeThrough(frames), { headers: response.headers })
}
