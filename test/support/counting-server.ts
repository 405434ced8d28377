import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How a counting server differs from a plain one without sessions that answers in JSON. */
export interface CountingOptions {
  sessions?: boolean
  answers?: 'json' | 'sse'
  /** True: requests without a session id are answered 400, as servers with sessions should. */
  insists?: boolean
  /** Answers a call in its own way, and says whether it did. */
  onCall?(message: any, answer: ServerResponse, number: number): boolean
  /** Told of each request as it comes, with its number. */
  onRequest?(number: number): void
  /** The text that the tool gives back. */
  text?(args: any): string
  /** The tools it lists; none: it has no tools at all. */
  tools?: string[]
}

/** A small MCP server that counts what it is asked: what a load says of itself must agree with it. */
export interface CountingServer {
  url: string
  /** By method of JSON-RPC, or of HTTP where there is no message. */
  counts: Record<string, number>
  /** Ids of requests in the order of their arrival. */
  ids: unknown[]
  sessions: Set<string>
  close(): Promise<void>
}

/** Starts one on a free loopback port. */
export async function startCounting(options: CountingOptions = {}): Promise<CountingServer> {
  const counts: Record<string, number> = {}
  const ids: unknown[] = []
  const sessions = new Set<string>()
  let calls = 0
  let requests = 0
  const server = createServer(async (incoming, answer) => {
    const message = await read(incoming).catch(() => undefined)
    const method: string = message?.method ?? incoming.method
    counts[method] = (counts[method] ?? 0) + 1
    options.onRequest?.(++requests)
    if (message?.id !== undefined) ids.push(message.id)
    const session = incoming.headers['mcp-session-id']
    const known = typeof session === 'string' && sessions.has(session)
    if (incoming.method === 'GET') return void answer.writeHead(405).end()
    if (method === 'initialize') return initialize(message, answer)
    if (options.sessions && session !== undefined && !known) return void answer.writeHead(404).end('no such session')
    if (options.insists && session === undefined) return void answer.writeHead(400).end('Mcp-Session-Id is required')
    if (incoming.method === 'DELETE') return remove(session, answer)
    if (message === undefined) return void answer.writeHead(400).end()
    if (message.id === undefined) return void answer.writeHead(202).end()
    if (method === 'tools/call' && options.onCall?.(message, answer, ++calls)) return
    reply(answer, { jsonrpc: '2.0', id: message.id, ...resultOf(method, message.params) })
  })

  function initialize(message: any, answer: ServerResponse): void {
    const capabilities = options.tools?.length === 0 ? {} : { tools: {} }
    const serverInfo = { name: 'counting', version: '1' }
    const result = { protocolVersion: message.params.protocolVersion, capabilities, serverInfo }
    if (options.sessions) {
      const id = randomUUID()
      sessions.add(id)
      answer.setHeader('Mcp-Session-Id', id)
    }
    reply(answer, { jsonrpc: '2.0', id: message.id, result })
  }

  function remove(session: unknown, answer: ServerResponse): void {
    if (!options.sessions) return void answer.writeHead(405).end()
    sessions.delete(session as string)
    answer.writeHead(204).end()
  }

  function resultOf(method: string, params: any): { result: object } | { error: object } {
    if (method === 'ping') return { result: {} }
    const tools = options.tools ?? ['echo']
    if (method === 'tools/list')
      return { result: { tools: tools.map((name) => ({ name, inputSchema: { type: 'object' } })) } }
    if (method !== 'tools/call') return { error: { code: -32601, message: `Method not found: ${method}` } }
    if (!tools.includes(params?.name)) return { error: { code: -32602, message: `Unknown tool ${params?.name}` } }
    const text = (options.text ?? JSON.stringify)(params?.arguments)
    return { result: { content: [{ type: 'text', text }] } }
  }

  function reply(answer: ServerResponse, message: object): void {
    const body = JSON.stringify(message)
    if (options.answers === 'sse')
      answer.writeHead(200, { 'content-type': 'text/event-stream' }).end(`event: message\ndata: ${body}\n\n`)
    else answer.writeHead(200, { 'content-type': 'application/json' }).end(body)
  }

  const port = await listening(server)
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    counts,
    ids,
    sessions,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function read(incoming: IncomingMessage): Promise<any> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return text === '' ? undefined : JSON.parse(text)
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
