import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Hostile, listening } from './hostile.js'

/** One request to a hostile server: what came, how to answer it well, and the neighbour's origin. */
export interface Call {
  message: any
  method: string
  incoming: IncomingMessage
  answer: ServerResponse
  trap: string
  /** The JSON text of a result, with the id of the request. */
  result(value: unknown): string
  /** Sends a JSON body with status 200. */
  send(body: string | Buffer): void
}

const capabilities = { tools: {}, prompts: {}, resources: {}, logging: {} }

/** What a good server would answer to a method; undefined where it does not know it. */
export function goodResult({ method, message }: Pick<Call, 'method' | 'message'>): object | undefined {
  if (method === 'initialize') {
    const asked = message.params?.protocolVersion
    const known = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25']
    const protocolVersion = known.includes(asked) ? asked : '2025-11-25'
    return { protocolVersion, capabilities, serverInfo: { name: 'hostile', version: '1' } }
  }
  if (method === 'tools/call' && message.params?.name === 'echo') return { content: [{ type: 'text', text: 'echo' }] }
  if (method === 'ping' || method === 'logging/setLevel') return {}
  if (method === 'tools/list') return { tools: [{ name: 'echo', inputSchema: { type: 'object' } }] }
  if (method === 'prompts/list') return { prompts: [{ name: 'greet' }] }
  if (method === 'resources/list') return { resources: [{ uri: 'test://a', name: 'a' }] }
  if (method === 'resources/templates/list') return { resourceTemplates: [] }
  return undefined
}

/** An MCP server over Streamable HTTP that is good but for what `harm` does: where that returns true, it has answered. */
export function onMcp(name: string, harm: (call: Call) => boolean | undefined): Hostile {
  return {
    name,
    start: (trap) =>
      listening(
        createServer({ maxHeaderSize: 1 << 20 }, (incoming, answer) => void serve(incoming, answer, trap, harm)),
      ),
  }
}

async function serve(
  incoming: IncomingMessage,
  answer: ServerResponse,
  trap: string,
  harm: (call: Call) => boolean | undefined,
): Promise<void> {
  answer.on('error', () => {})
  const message = await bodyOf(incoming).catch(() => undefined)
  const method: string = typeof message?.method === 'string' ? message.method : incoming.method!
  const result = (value: unknown) => JSON.stringify({ jsonrpc: '2.0', id: message?.id ?? null, result: value })
  const send = (body: string | Buffer) => void answer.writeHead(200, { 'content-type': 'application/json' }).end(body)
  const call: Call = { message, method, incoming, answer, trap, result, send }
  if (harm(call)) return
  if (incoming.method !== 'POST') return void answer.writeHead(405).end()
  if (message?.id === undefined) return void answer.writeHead(message ? 202 : 400).end()
  const good = goodResult(call)
  const error = { code: -32601, message: 'Method not found' }
  send(good ? result(good) : JSON.stringify({ jsonrpc: '2.0', id: message.id, error }))
}

async function bodyOf(incoming: IncomingMessage): Promise<any> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  return parts.length === 0 ? undefined : JSON.parse(Buffer.concat(parts).toString())
}

/** Answers a method with the given JSON text of a result. */
export function instead(name: string, method: string, body: (call: Call) => string | Buffer): Hostile {
  return onMcp(name, (call) => {
    if (call.method !== method || call.message?.id === undefined) return false
    call.send(body(call))
    return true
  })
}

/** Answers every request, or those that `which` holds for, with an event stream that `write` goes on with. */
export function streaming(name: string, write: (call: Call) => void, which: (call: Call) => boolean = asks): Hostile {
  return onMcp(name, (call) => {
    if (!which(call)) return false
    call.answer.writeHead(200, { 'content-type': 'text/event-stream' })
    write(call)
    return true
  })
}

/** True for a request that wants an answer. */
export const asks = ({ message }: Call) => message?.id !== undefined
