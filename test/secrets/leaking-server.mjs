/* A server that repeats in every text what it holds in API_KEY and was sent as a token: over STDIO, or with a port over HTTP. */
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'

const [port, ...rest] = process.argv.slice(2)
const known = [process.env.API_KEY ?? 'no-key', ...rest]
console.error(`starting with ${known}`)

function answer({ id, method, params }, told = []) {
  const text = [...known, ...told].join(' ')
  const results = {
    initialize: {
      protocolVersion: params?.protocolVersion,
      capabilities: { tools: {} },
      serverInfo: { name: 'leaking', version: text },
    },
    ping: {},
    'tools/list': { tools: [{ name: 'leak', description: text, inputSchema: { type: 'object' } }] },
    'tools/call': { content: [{ type: 'text', text }] },
  }
  const error = { code: -32601, message: `no ${method} for ${text}` }
  return { jsonrpc: '2.0', id, ...(results[method] ? { result: results[method] } : { error }) }
}

if (Number(port) > 0) {
  createServer(async (incoming, outgoing) => {
    let body = ''
    for await (const part of incoming) body += part
    const told = [incoming.url, ...incoming.rawHeaders]
    if (incoming.method !== 'POST') return outgoing.writeHead(405).end(known.join())
    try {
      const message = JSON.parse(body)
      if (message.id === undefined) return outgoing.writeHead(202).end()
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(message, told)))
    } catch {
      outgoing.writeHead(400).end(`no JSON, ${known} ${told}`)
    }
  }).listen(Number(port), process.env.HOST ?? '127.0.0.1')
} else {
  console.log(`ready with ${known}`)
  for await (const line of createInterface({ input: process.stdin })) {
    const message = JSON.parse(line)
    if (message.id !== undefined) console.log(JSON.stringify(answer(message)))
  }
}
