import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Account, Exchange } from '../../src/wire/exchange.js'
import { Wire, type WireOptions } from '../../src/wire/http.js'
import type { Peer } from '../../src/wire/peer.js'

/** A request as a tiny server saw it: header names as sent, the body as text and, where it is JSON, as a value. */
export interface Seen {
  method: string
  url: string
  headers: http.IncomingHttpHeaders
  raw: [string, string][]
  body: string
  message: any
}

/** Starts an HTTP server for the running test on a free loopback port; `handle` gets each request when it is whole. */
export async function serveHttp(
  handle: (seen: Seen, answer: http.ServerResponse) => void,
): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const server = http.createServer(async (incoming, answer) => {
    const one = await read(incoming)
    seen.push(one)
    handle(one, answer)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${await portOf(server)}/mcp`, seen }
}

async function read(incoming: http.IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString()
  const raw: [string, string][] = []
  for (let i = 0; i < incoming.rawHeaders.length; i += 2)
    raw.push([incoming.rawHeaders[i]!, incoming.rawHeaders[i + 1]!])
  let message: any
  try {
    message = JSON.parse(body)
  } catch {
    // A body that is no JSON is the test's own doing.
  }
  return { method: incoming.method!, url: incoming.url!, headers: incoming.headers, raw, body, message }
}

/** Starts a bare TCP server for the running test; `handle` gets each connection and its number, counted from 1. */
export async function serveTcp(handle: (socket: net.Socket, number: number) => void): Promise<string> {
  let number = 0
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    handle(socket, ++number)
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${await portOf(server)}/mcp`
}

/** Starts an HTTPS server with a certificate nobody trusts. */
export async function serveSelfSigned(): Promise<string> {
  return (await serveTls()).url
}

/** Starts an HTTPS server that answers `{}`, with a certificate of its own for that name: `IP:127.0.0.1` or `DNS:…`. */
export async function serveTls(name = 'DNS:localhost'): Promise<{ url: string; certificate: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-tls-'))
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const make =
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=${name}`.split(
      ' ',
    )
  execFileSync('openssl', [...make, '-keyout', keyFile, '-out', certFile], { stdio: 'ignore' })
  const [key, cert] = [readFileSync(keyFile), readFileSync(certFile, 'utf8')]
  rmSync(folder, { recursive: true })
  const server = https.createServer({ key, cert }, (_, answer) => answer.end('{}'))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `https://127.0.0.1:${await portOf(server)}/mcp`, certificate: cert }
}

/** A URL of this machine where nothing listens. */
export async function deadUrl(): Promise<string> {
  const server = net.createServer()
  const port = await portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}/mcp`
}

async function portOf(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** A wire that is closed after the running test; waits are bounded by 2 s unless told otherwise. */
export function testWire(options: WireOptions = {}): Wire {
  const wire = new Wire({ timeoutMs: 2000, ...options })
  onTestFinished(() => wire.close())
  return wire
}

/** A peer without credentials that records its exchanges. */
export function testPeer(url: string, options: WireOptions & Partial<Peer> = {}): Peer & { exchanges: Exchange[] } {
  const { timeoutMs, maxBytes, maxRequests, redact, ...rest } = options
  const bounds = Object.entries({ timeoutMs, maxBytes, maxRequests, redact }).filter(([, value]) => value !== undefined)
  const accounts: Account[] = []
  const wire = testWire(Object.fromEntries(bounds))
  return {
    url,
    wire,
    plainHeaders: [],
    credentials: [],
    record: (account) => accounts.push(account),
    ...rest,
    get exchanges() {
      return accounts.map((account) => account())
    },
  }
}

/** The answer to a JSON-RPC request. */
export function resultOf(message: any, result: unknown = {}): object {
  return { jsonrpc: '2.0', id: message.id, result }
}

/** The result of initialize as a plain server gives it. */
export function greeting(message: any, capabilities: object = {}): object {
  const { protocolVersion } = message.params
  return resultOf(message, { protocolVersion, capabilities, serverInfo: { name: 'hand-made', version: '1' } })
}

/** Answers with a JSON body. */
export function sendJson(
  answer: http.ServerResponse,
  body: unknown,
  headers: Record<string, string> = {},
  status = 200,
): void {
  answer.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** Begins an event stream; the head goes out at once. */
export function beginStream(answer: http.ServerResponse, headers: Record<string, string> = {}): void {
  answer.writeHead(200, { 'content-type': 'text/event-stream', ...headers })
  answer.flushHeaders()
}

/** Writes one message as a server-sent event. */
export function sendEvent(answer: http.ServerResponse, message: unknown, id?: string): void {
  answer.write(
    `${id === undefined ? '' : `id: ${id}\n`}data: ${typeof message === 'string' ? message : JSON.stringify(message)}\n\n`,
  )
}
