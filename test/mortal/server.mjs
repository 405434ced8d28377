/*
 * A small MCP server that dies of one request: node server.mjs <port> <json>. The JSON says `of`, the request's method or whole body, `by`, the manner
 * (exit, throw, kill), `log`, a file that gets a line for each request at its arrival, and `workers`, how many processes share the port.
 */
import cluster from 'node:cluster'
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'

const [port, text] = process.argv.slice(2)
const { of, by = 'exit', log, workers = 0, sessions: keepsSessions = true } = JSON.parse(text)
const versions = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25']
const sessions = new Set()

if (workers > 0 && cluster.isPrimary) {
  cluster.setupPrimary({ exec: import.meta.filename, args: process.argv.slice(2) })
  for (let at = 0; at < workers; at++) cluster.fork()
} else createServer(serve).listen(Number(port), '127.0.0.1')

function die() {
  process.stderr.write('fatal: cannot read the request of my doom\n')
  if (by === 'exit') process.exit(7)
  if (by === 'kill') process.kill(process.pid, 'SIGKILL')
  setImmediate(() => {
    throw new Error('nobody catches this')
  })
}

async function serve(incoming, answer) {
  const parts = []
  for await (const part of incoming) parts.push(part)
  const body = Buffer.concat(parts).toString()
  const message = parsed(body)
  const method = message?.method ?? body
  if (log) appendFileSync(log, `${incoming.method} ${method.length < 200 ? method : 'long'}\n`)
  if (method === of) return die()
  const send = (status, value, headers = {}) => {
    answer.writeHead(status, { 'content-type': 'application/json', ...headers })
    answer.end(value === undefined ? '' : JSON.stringify({ jsonrpc: '2.0', id: message?.id ?? null, ...value }))
  }
  const id = incoming.headers['mcp-session-id']
  if (incoming.method === 'DELETE') return sessions.delete(id) ? send(204) : send(404)
  if (incoming.method !== 'POST') return send(405)
  if (message === undefined) return send(400, { error: { code: -32700, message: 'Parse error' } })
  if (method === 'initialize') {
    const asked = message.params?.protocolVersion
    const session = crypto.randomUUID()
    sessions.add(session)
    const result = {
      protocolVersion: versions.includes(asked) ? asked : versions.at(-1),
      capabilities: { tools: {} },
      serverInfo: { name: 'mortal', version: '1.0.0' },
    }
    return send(200, { result }, keepsSessions ? { 'mcp-session-id': session } : {})
  }
  if (keepsSessions && id === undefined) return send(400, { error: { code: -32600, message: 'No session' } })
  if (keepsSessions && !sessions.has(id)) return send(404, { error: { code: -32001, message: 'Session not found' } })
  if (message.id === undefined) return send(202)
  if (method === 'ping') return send(200, { result: {} })
  if (method === 'tools/list')
    return send(200, { result: { tools: [{ name: 'echo', inputSchema: { type: 'object' } }] } })
  if (method === 'tools/call' && message.params?.name === 'echo')
    return send(200, { result: { content: [{ type: 'text', text: 'echo' }] } })
  if (method === 'tools/call') return send(200, { error: { code: -32602, message: 'Unknown tool' } })
  return send(200, { error: { code: -32601, message: 'Method not found' } })
}

function parsed(body) {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
