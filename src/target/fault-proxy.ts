import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fault, FaultContext, FaultReply, FaultRequest, FaultSource } from '../conformance/fault.js'
import { otherAddresses } from '../wire/addresses.js'
import { isObject, isResponse, type Message, parseJson } from '../wire/jsonrpc.js'
import { FaultyStream } from './faulty-stream.js'

/** A running proxy whose fault can be changed between runs. */
export interface FaultProxy {
  /** The proxied endpoint, with the path of the server behind it. */
  url: string
  /** Puts the proxy in front of a server: `url` is that server's endpoint. */
  aim(url: string): void
  /** Installs a fault with fresh state; undefined makes the proxy transparent. */
  set(fault: FaultSource | undefined): void
  close(): Promise<void>
}

/**
 * Starts an HTTP proxy on a loopback port (a free one by default; rejects when it is taken) that breaks one rule of the server behind it. Host, Origin and everything the fault
 * does not touch pass unchanged, so a server that builds URLs must know the proxy's as its public one.
 */
export async function startFaultProxy(listenPort = 0): Promise<FaultProxy> {
  const state: State = { fault: undefined, origin: '', path: '/', streams: [], calls: new Map(), die: () => {} }
  const answer: http.RequestListener = (incoming, outgoing) => {
    handle(state, incoming, outgoing).catch(() => outgoing.destroy())
  }
  state.die = (ms) => {
    server.close()
    server.closeAllConnections()
    setTimeout(() => server.listen(port, '127.0.0.1'), ms)
  }
  const server = http.createServer(answer)
  let outer: http.Server[] = []
  const beside = (host: string) => {
    const other = http.createServer(answer)
    // An address that is taken or gone only makes the fault smaller.
    return other.on('error', () => other.close()).listen(port, host)
  }
  server.keepAliveTimeout = 30_000
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(listenPort, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    get url() {
      return `http://127.0.0.1:${port}${state.path}`
    },
    aim(url) {
      const target = new URL(url)
      state.origin = target.origin
      state.path = target.pathname
    },
    set(source) {
      state.fault = typeof source === 'function' ? source() : source
      state.calls.clear()
      for (const one of outer) one.close()
      outer = state.fault?.everywhere ? otherAddresses().map(beside) : []
    },
    async close() {
      for (const one of [server, ...outer]) {
        one.closeAllConnections()
        await new Promise((resolve) => one.close(resolve))
      }
    },
  }
}

interface State {
  fault: Fault | undefined
  origin: string
  path: string
  streams: FaultyStream[]
  /** Cuts every connection and takes none for so many ms. */
  die(ms: number): void
  /** Requests by id, so that answers on a shared stream can be told what they answer. */
  calls: Map<unknown, Message>
}

async function handle(state: State, incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const parsed = parseJson(body.toString())
  const seen: FaultRequest = {
    method: incoming.method ?? 'GET',
    url: incoming.url ?? '/',
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    headerNames: incoming.rawHeaders.filter((_, at) => at % 2 === 0),
    body: body.toString(),
    ...(isObject(parsed) ? { message: parsed } : {}),
  }
  for (const one of Array.isArray(parsed) ? parsed : [parsed])
    if (isObject(one) && 'method' in one && 'id' in one) state.calls.set(one.id, one)
  const goneMs = state.fault?.dies?.(seen)
  if (goneMs !== undefined) return state.die(goneMs)
  const changed = await state.fault?.request?.(seen)
  if (changed && 'status' in changed) return whole(changed, outgoing)
  const request = changed ?? seen
  const upstream = http.request(state.origin + request.url, {
    method: request.method,
    headers: changed ? rewritten(request) : rawHeaders(incoming),
    agent: false,
  })
  outgoing.on('error', () => {})
  outgoing.on('close', () => state.fault?.hangup?.(seen) !== 'unnoticed' && upstream.destroy())
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    upstream.on('response', resolve).on('error', reject)
    upstream.end(changed ? request.body : body)
  })
  const type = String(answer.headers['content-type'] ?? '')
  if (type.startsWith('text/event-stream')) return stream(state, seen, answer, outgoing)
  const text: Buffer[] = []
  for await (const chunk of answer) text.push(chunk as Buffer)
  await plain(state, seen, answer, Buffer.concat(text).toString(), outgoing)
}

function rewritten(request: FaultRequest): Record<string, string> {
  const { 'transfer-encoding': _, ...headers } = request.headers
  return { ...headers, 'content-length': String(Buffer.byteLength(request.body)) }
}

function rawHeaders(incoming: http.IncomingMessage): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  for (const [name, values] of Object.entries(incoming.headersDistinct))
    if (values) headers[name] = values.length === 1 ? values[0]! : values
  return headers
}

function contextOf(
  state: State,
  request: FaultRequest,
  channel: FaultContext['channel'],
  message: Message,
): FaultContext {
  const call =
    request.message && 'method' in request.message
      ? request.message
      : isResponse(message)
        ? state.calls.get(message.id)
        : undefined
  return { request, channel, streams: state.streams, ...(call ? { call } : {}) }
}

async function plain(
  state: State,
  request: FaultRequest,
  answer: http.IncomingMessage,
  text: string,
  outgoing: http.ServerResponse,
): Promise<void> {
  const value = parseJson(text)
  let body = text
  if (state.fault?.message && (isObject(value) || Array.isArray(value))) {
    const many = Array.isArray(value) ? value : [value]
    const out: unknown[] = []
    let touched = false
    for (const one of many) {
      const changed = isObject(one) ? await state.fault.message(one, contextOf(state, request, 'json', one)) : undefined
      touched ||= changed !== undefined
      if (changed === undefined) out.push(one)
      else if (Array.isArray(changed)) out.push(...changed)
      else if (changed !== null) out.push(changed)
    }
    if (touched) body = out.length === 0 ? '' : JSON.stringify(Array.isArray(value) || out.length > 1 ? out : out[0])
  }
  const {
    'content-length': _,
    'transfer-encoding': __,
    connection: ___,
    'keep-alive': ____,
    ...headers
  } = answer.headers
  const reply: FaultReply = {
    status: answer.statusCode ?? 502,
    headers: headers as Record<string, string | string[]>,
    body,
  }
  whole((await state.fault?.reply?.(reply, request)) ?? reply, outgoing)
}

function whole(reply: FaultReply, outgoing: http.ServerResponse): void {
  const body = Buffer.from(reply.body ?? '')
  outgoing.writeHead(reply.status, {
    ...reply.headers,
    ...(reply.status === 204 || reply.status === 304 ? {} : { 'content-length': body.length }),
  })
  outgoing.end(body)
}

async function stream(
  state: State,
  request: FaultRequest,
  answer: http.IncomingMessage,
  outgoing: http.ServerResponse,
): Promise<void> {
  const { 'transfer-encoding': _, connection: __, ...headers } = answer.headers
  const reply: FaultReply = { status: answer.statusCode ?? 200, headers: headers as Record<string, string | string[]> }
  const changed = (await state.fault?.reply?.(reply, request)) ?? reply
  if (changed.body !== undefined) return whole(changed, outgoing)
  outgoing.writeHead(changed.status, changed.headers)
  outgoing.flushHeaders()
  const listening = request.message?.method === 'subscriptions/listen'
  const channel = request.method === 'GET' ? 'get-stream' : listening ? 'listen-stream' : 'post-stream'
  const faulty = new FaultyStream(request, outgoing, state.fault, (message) =>
    contextOf(state, request, channel, message),
  )
  state.streams.push(faulty)
  outgoing.on('close', () => state.streams.splice(state.streams.indexOf(faulty), 1))
  await faulty.pump(answer)
}
