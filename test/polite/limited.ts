import { createServer, type IncomingMessage } from 'node:http'
import { onTestFinished } from 'vitest'
import { listening } from '../hostile/hostile.js'
import { goodResult } from '../hostile/mcp.js'

/** A server with a limit, and what it counted. */
export interface Limited {
  url: string
  /** When each request came, in ms, and whether it was let in. */
  came: { at: number; served: boolean }[]
}

/** Starts a plain server for the running test that answers 429 to whatever `refuses` says, with that Retry-After. */
export async function startLimited(refuses: (method: string) => string | undefined): Promise<Limited> {
  const came: Limited['came'] = []
  const server = createServer(async (incoming, answer) => {
    const message = await read(incoming)
    const method = typeof message?.method === 'string' ? message.method : incoming.method!
    const retryAfter = refuses(method)
    came.push({ at: performance.now(), served: retryAfter === undefined })
    if (retryAfter !== undefined) return void answer.writeHead(429, { 'retry-after': retryAfter }).end('slow down')
    if (incoming.method !== 'POST') return void answer.writeHead(405).end()
    if (message?.id === undefined) return void answer.writeHead(message ? 202 : 400).end()
    const result = goodResult({ method, message })
    const rest = result ? { result } : { error: { code: -32601, message: 'Method not found' } }
    answer.writeHead(200, { 'content-type': 'application/json' })
    answer.end(JSON.stringify({ jsonrpc: '2.0', id: message.id, ...rest }))
  })
  const { url, close } = await listening(server)
  onTestFinished(close)
  return { url, came }
}

/** A limit of so many requests a second, as a bucket that holds as many. */
export function perSecond(rate: number, retryAfter: () => string): () => string | undefined {
  let [tokens, last] = [rate, performance.now()]
  return () => {
    const now = performance.now()
    tokens = Math.min(rate, tokens + ((now - last) / 1000) * rate)
    last = now
    if (tokens < 1) return retryAfter()
    tokens--
    return undefined
  }
}

async function read(incoming: IncomingMessage): Promise<any> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  try {
    return JSON.parse(Buffer.concat(parts).toString())
  } catch {
    return undefined
  }
}
