import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** A proxy that counts what passes, for a server that does not. */
export interface CountingProxy {
  url: string
  /** Requests by method of JSON-RPC, or of HTTP where there is no message. */
  counts: Record<string, number>
  /** Ids of requests; those that stand twice were sent twice. */
  ids: unknown[]
  /** Forgets what passed until now. */
  reset(): void
}

/** Has something done when a test is over; tests that run side by side have one each. */
export type Finish = (work: () => void | Promise<void>) => void

/** Puts one before a server; `finish` has it closed at the end. */
export async function countBefore(target: string, finish: Finish): Promise<CountingProxy> {
  const agent = new http.Agent({ keepAlive: true })
  const proxy: CountingProxy = {
    url: '',
    counts: {},
    ids: [],
    reset() {
      this.counts = {}
      this.ids = []
    },
  }
  const server = http.createServer(async (incoming, answer) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const message = body.length > 0 ? JSON.parse(body.toString()) : undefined
    const method: string = message?.method ?? incoming.method
    proxy.counts[method] = (proxy.counts[method] ?? 0) + 1
    if (message?.id !== undefined) proxy.ids.push(message.id)
    const { host: _, ...headers } = incoming.headers
    const onward = http.request(target, { method: incoming.method!, headers, agent }, (reply) => {
      answer.writeHead(reply.statusCode!, reply.headers)
      reply.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    onward.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  finish(() => {
    agent.destroy()
    server.closeAllConnections()
    server.close()
  })
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`
  return proxy
}
