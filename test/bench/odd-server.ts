import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { answeredAt } from './freezing.js'

/* A server in a process of its own, of the kind its argument names; it answers every POST as a JSON-RPC server would, and ends with its parent. */

const kind = process.argv[2]
let startedAt: number | undefined

function answer(body: string, response: ServerResponse): void {
  const { id } = JSON.parse(body) as { id?: unknown }
  if (kind === 'closes') response.setHeader('Connection', 'close')
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify({ jsonrpc: '2.0', id, result: {} }))
}

function receive(request: IncomingMessage, response: ServerResponse): void {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const body = Buffer.concat(parts).toString()
    if (kind !== 'freezes') return answer(body, response)
    const now = performance.now()
    startedAt ??= now
    setTimeout(answer, answeredAt(now - startedAt) - (now - startedAt), body, response)
  })
}

const server = createServer({ keepAliveTimeout: 60_000 }, receive)
if (kind === 'limits') server.maxRequestsPerSocket = 10
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.once('disconnect', () => process.exit())
