import { isNotification, isObject, isResponse, type Message } from '../wire/jsonrpc.js'
import type { Received } from '../wire/session.js'
import type { Client } from './client.js'
import type { Fault, FaultContext } from './fault.js'
import { ableReceived, receivedBy, requestsAmong } from './tool-effects.js'

const completed = 'notifications/elicitation/complete'

/** What two clients that can open URLs received while each called the named tools; once per run. */
export async function urlReceived(client: Client): Promise<(readonly Received[])[]> {
  return [await ableReceived(client), await receivedBy(client, { elicitation: { url: {} } })]
}

/** The ids of the elicitations by URL that a client was asked for. */
export function askedUrlIds(received: readonly Received[]): unknown[] {
  const asked = requestsAmong(received, 'elicitation/create').filter(({ params }) => params?.mode === 'url')
  return asked.map(({ params }) => params?.elicitationId)
}

/** The ids of those that an error told a client of. */
export function requiredUrlIds(received: readonly Received[]): unknown[] {
  const lists = received.map(({ message }) => isResponse(message) && message.error?.data?.elicitations)
  return lists.filter(Array.isArray).flatMap((list) => list.filter(isObject).map((entry) => entry.elicitationId))
}

/** What a client was told of elicitations that are complete. */
export function completionsIn(received: readonly Received[]): Message[] {
  return received
    .map(({ message }) => message)
    .filter((message): message is Message => isNotification(message) && message.method === completed)
}

/** A fault: an elicitation by URL before each result of a tool, and `told` of its completion, in its own session or in all others. */
export function completesUrls(told: object, elsewhere = false): Fault {
  let count = 0
  const text = (message: object) => ({ event: 'message', data: JSON.stringify({ jsonrpc: '2.0', ...message }) })
  return {
    message(message, context) {
      if (context.call?.method !== 'tools/call' || !('result' in message)) return undefined
      const id = `url-${++count}`
      const params = { mode: 'url', message: 'Sign in', url: 'https://weather.example/enter', elicitationId: id }
      const [own, others] = openStreams(context)
      own?.send(text({ id, method: 'elicitation/create', params }))
      const complete = text({ method: completed, params: { elicitationId: id, ...told } })
      for (const stream of elsewhere ? others : own ? [own] : []) stream.send(complete)
      return undefined
    },
  }
}

/** A stream of the session that is served, and those of the others that listen. */
function openStreams({ request, streams }: FaultContext) {
  const sessionOf = (one: (typeof streams)[number]) => one.request.headers['mcp-session-id']
  const session = request.headers['mcp-session-id']
  const listening = streams.filter((one) => one.request.method === 'GET')
  const mine = listening.find((one) => session !== undefined && sessionOf(one) === session)
  const own = streams.find((one) => one.request === request) ?? mine
  return [own, listening.filter((one) => sessionOf(one) !== session)] as const
}
