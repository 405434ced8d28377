import { request as httpRequest } from 'node:http'
import { type Message, post, type Reply, request } from './raw-client.js'

/** The revision that is spoken here. */
export const MODERN = '2026-07-28'

const PREFIX = 'io.modelcontextprotocol/'

/** What a request may differ in from a faultless one; a header or _meta member of undefined is left out. */
export interface Deviation {
  id?: unknown
  headers?: Record<string, string | undefined>
  /** Members of `_meta`, those of the protocol without their prefix. */
  meta?: Message
}

const PROTOCOL_FIELDS = ['protocolVersion', 'clientCapabilities', 'clientInfo', 'logLevel']

function defined<Value>(record: Record<string, Value | undefined>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Record<string, Value>
}

/** A request of 2026-07-28 with everything that it needs. */
export function modernRequest(method: string, params: Message = {}, { id = 1, meta = {} }: Deviation = {}): Message {
  const own = defined({
    protocolVersion: MODERN,
    clientCapabilities: { elicitation: {} },
    clientInfo: { name: 'test', version: '1' },
    ...meta,
  })
  const _meta = Object.fromEntries(
    Object.entries(own).map(([key, value]) => [PROTOCOL_FIELDS.includes(key) ? PREFIX + key : key, value]),
  )
  return request(id, method, { ...params, _meta })
}

/** The headers that go with a request; arguments are not mirrored. */
export function modernHeaders({ method, params }: Message, { headers = {} }: Deviation = {}): Record<string, string> {
  const named = { 'tools/call': params.name, 'prompts/get': params.name, 'resources/read': params.uri }[
    method as string
  ]
  return defined({ 'mcp-protocol-version': MODERN, 'mcp-method': method, 'mcp-name': named, ...headers })
}

/** Sends a request of 2026-07-28 and reads the whole reply. */
export function ask(url: string, method: string, params: Message = {}, deviation: Deviation = {}): Promise<Reply> {
  const message = modernRequest(method, params, deviation)
  return post(url, message, modernHeaders(message, deviation))
}

/** Calls a tool. */
export function callTool(url: string, name: string, args: Message, deviation: Deviation = {}): Promise<Reply> {
  return ask(url, 'tools/call', { name, arguments: args }, deviation)
}

/** The last message of a reply, which is the response. */
export function responseOf(reply: Reply): Message {
  return reply.messages.at(-1) ?? {}
}

/** Status and error code of a reply: what a refusal is told by. */
export function refusalOf(reply: Reply): [status: number, code: unknown] {
  return [reply.status, responseOf(reply).error?.code]
}

/** Sends header lines that fetch would mend or refuse, as they are; gives status and body. */
export function sendRaw(url: string, headers: string[], body: Message): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const lines = ['Host', new URL(url).host, 'Content-Type', 'application/json', 'Accept', '*/*', ...headers]
    const sent = httpRequest(url, { method: 'POST', headers: lines, setHost: false }, (reply) => {
      let text = ''
      reply.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      reply.on('end', () => resolve({ status: reply.statusCode!, text }))
    })
    sent.on('error', reject).end(JSON.stringify(body))
  })
}
