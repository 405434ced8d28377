import type { Hostile } from './hostile.js'
import { goodResult, onMcp } from './mcp.js'

/** Servers that send us elsewhere, want us to wait, answer all alike, or go away. */
export const elsewhere: Hostile[] = [
  onMcp('a redirect loop', ({ answer, incoming }) => Boolean(answer.writeHead(307, { location: incoming.url! }).end())),
  onMcp('redirects to another host', ({ answer, trap }) =>
    Boolean(answer.writeHead(307, { location: `${trap}/mcp` }).end()),
  ),
  onMcp('redirects to another host after the handshake', ({ method, answer, trap }) => {
    if (method === 'initialize') return false
    return Boolean(answer.writeHead(308, { location: `${trap}/mcp` }).end())
  }),
  onMcp('HTTP+SSE whose endpoint is on another host', ({ incoming, answer, trap }) => {
    if (incoming.method !== 'GET') return Boolean(answer.writeHead(404).end())
    answer.writeHead(200, { 'content-type': 'text/event-stream' })
    answer.write(`event: endpoint\ndata: ${trap}/messages\n\n`)
    return true
  }),
  onMcp('resource metadata on another host', ({ answer, trap }) => {
    const challenge = `Bearer resource_metadata="${trap}/.well-known/oauth-protected-resource"`
    return Boolean(answer.writeHead(401, { 'www-authenticate': challenge }).end())
  }),
  onMcp('429 for ever', ({ answer }) => Boolean(answer.writeHead(429, { 'retry-after': '1' }).end())),
  onMcp('429 for all but the handshake', ({ method, answer }) => {
    if (method === 'initialize' || method === 'notifications/initialized') return false
    return Boolean(answer.writeHead(429, { 'retry-after': '9' }).end())
  }),
  onMcp('HTML with 200 for everything', ({ answer }) =>
    Boolean(answer.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works!</h1>')),
  ),
  onMcp('an empty result with 200 for everything', (call) => {
    call.send(call.result({}))
    return true
  }),
  onMcp('200 and a good answer for everything', (call) => {
    call.send(call.result(goodResult(call) ?? {}))
    return true
  }),
  dying('dies after 40 requests', 40),
  dying('dies after 400 requests', 400),
]

/** A server whose process ends in the middle of a run. */
function dying(name: string, after: number): Hostile {
  return {
    name,
    async start(trap) {
      let requests = 0
      const running = await onMcp(name, ({ answer }) => {
        if (++requests < after) return false
        answer.destroy()
        running.close()
        return true
      }).start(trap)
      return running
    },
  }
}
