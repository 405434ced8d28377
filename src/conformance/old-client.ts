import { isResponse } from '../wire/jsonrpc.js'
import type { Reply } from '../wire/reply.js'
import { issue } from '../wire/slots.js'
import type { Client } from './client.js'

/** What the fault of a check looks for, to break only connections of this kind. */
export const oldClientHeaders = { accept: 'text/event-stream', 'cache-control': 'no-cache' }

/** A connection as an EventSource of a browser or an old SDK opens it, with what its first event says. */
export interface OldClient {
  stream: Reply
  /** The first event that arrived, whatever its name. */
  first?: { event?: string; data: string }
  /** Posts a message to the place the first `endpoint` event names. */
  post(message: object): Promise<Reply>
}

/** Opens a stream as a client of 2024-11-05 does and waits for its first event. The caller closes it. */
export async function connectOld(client: Client): Promise<OldClient> {
  const stream = await client.http({ headers: oldClientHeaders, timeoutMs: 10_000 })
  if (stream.isStream) await stream.until((reply) => reply.events.length > 0, client.timeoutMs)
  const [first] = stream.events
  const endpoint = () => stream.events.find((event) => event.event === 'endpoint')?.data.trim() ?? ''
  return {
    stream,
    ...(first ? { first } : {}),
    post: (message) => {
      if ('id' in message) issue(message.id)
      return client.http({
        method: 'POST',
        url: endpoint(),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
      })
    },
  }
}

/** Shakes hands over an old client's connection; true when the result of initialize arrived on its stream. */
export async function greetOld(old: OldClient, timeoutMs: number): Promise<boolean> {
  const params = {
    protocolVersion: '2024-11-05',
    capabilities: {},
    clientInfo: { name: 'mcp-gauntlet', version: '0.1.0' },
  }
  await old.post({ jsonrpc: '2.0', id: 'hello', method: 'initialize', params })
  const greeted = (message: unknown) => isResponse(message) && message.id === 'hello' && message.result !== undefined
  const came = await old.stream.until((reply) => reply.messages.some(greeted), timeoutMs)
  if (came) await old.post({ jsonrpc: '2.0', method: 'notifications/initialized' })
  return came
}
