import { metaKey } from '../protocol/modern.js'
import { announcedEndpoint } from '../wire/legacy-sse.js'
import type { Reply } from '../wire/reply.js'
import type { BareCall } from './bare.js'
import type { Client } from './client.js'

/** The name of the server that answers a first request at a path without credentials, over either transport; undefined when none does. */
export async function serverNameAt(
  client: Client,
  path: string,
  { message, headers: own }: BareCall,
): Promise<unknown> {
  const url = new URL(path, client.facts.url).href
  const post = {
    method: 'POST',
    identity: 'none',
    body: JSON.stringify(message),
    timeoutMs: Math.min(client.timeoutMs, 3000),
  } as const
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...Object.fromEntries(own),
  }
  const reply = await client.http({ ...post, url, headers })
  if (reply.isStream) await reply.until((one) => one.response !== undefined, 2000)
  reply.close()
  if (reply.ok && reply.response) return nameIn(reply)
  const stream = await client.http({ url, headers: { accept: 'text/event-stream' }, identity: 'none', timeoutMs: 4000 })
  if (stream.isStream && stream.ok) {
    await stream.until((one) => one.events.length > 0, 1000)
    const endpoint = announcedEndpoint(stream, url)
    if (endpoint) (await client.http({ ...post, url: endpoint, headers })).close()
    if (endpoint) await stream.until((one) => one.response !== undefined, 1000)
  }
  stream.close()
  return nameIn(stream)
}

function nameIn({ response }: Reply): unknown {
  const result = response?.result
  return (result?.serverInfo ?? result?._meta?.[metaKey.serverInfo])?.name
}
