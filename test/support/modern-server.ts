import { type Seen, sendJson, serveHttp } from './servers.js'

const version = '2026-07-28'
const prefix = 'io.modelcontextprotocol/'

/** What a strict server of 2026-07-28 found wrong with the requests it was sent, and what it was asked. */
export interface ModernServer {
  url: string
  seen: Seen[]
  /** Breaches of the rules for clients, in words. */
  breaches: string[]
}

/** Starts one for the running test. Its tool `echo` mirrors `text` into Mcp-Param-Text; its tool `ask` asks back. */
export async function serveModern(): Promise<ModernServer> {
  const breaches: string[] = []
  const inputSchema = { type: 'object', properties: { text: { type: 'string', 'x-mcp-header': 'Text' } } }
  const { url, seen } = await serveHttp((one, answer) => {
    const { method, message, headers } = one
    if (method !== 'POST') return answer.writeHead(405).end()
    if (message.method === 'initialize')
      return sendJson(answer, { jsonrpc: '2.0', id: message.id, error: { code: -32601, message: 'Method not found' } })
    if (!('id' in message)) return answer.writeHead(202).end()
    breaches.push(...breachesOf(one))
    const result = (members: object) =>
      sendJson(answer, { jsonrpc: '2.0', id: message.id, result: { resultType: 'complete', ...members } })
    if (message.method === 'server/discover')
      return result({ supportedVersions: [version], capabilities: { tools: {} }, serverInfo: { name: 'strict' } })
    if (message.method === 'tools/list') return result({ tools: [{ name: 'echo', inputSchema }, { name: 'ask' }] })
    if (message.method !== 'tools/call') return answer.writeHead(404).end()
    if (message.params.name === 'ask') return result({ resultType: 'input_required', requestState: 'x' })
    const { text } = message.params.arguments
    if (decoded(headers['mcp-param-text']) !== text) breaches.push(`Mcp-Param-Text is ${headers['mcp-param-text']}`)
    result({ content: [{ type: 'text', text: `You said ${text}` }] })
  })
  return { url, seen, breaches }
}

function breachesOf({ headers, message: { method, params } }: Seen): string[] {
  const meta = params?._meta ?? {}
  const rules: [string, boolean][] = [
    ['a session id', headers['mcp-session-id'] === undefined],
    ['MCP-Protocol-Version', headers['mcp-protocol-version'] === version],
    ['protocolVersion', meta[`${prefix}protocolVersion`] === version],
    ['clientInfo', typeof meta[`${prefix}clientInfo`]?.name === 'string'],
    ['clientCapabilities', typeof meta[`${prefix}clientCapabilities`] === 'object'],
    ['Mcp-Method', headers['mcp-method'] === method],
    ['Mcp-Name', method !== 'tools/call' || headers['mcp-name'] === params.name],
  ]
  return rules.flatMap(([what, kept]) => (kept ? [] : [`${method}: ${what}`]))
}

function decoded(value: unknown): string {
  const text = String(value)
  const [, encoded] = /^=\?base64\?(.*)\?=$/.exec(text) ?? []
  return encoded === undefined ? text : Buffer.from(encoded, 'base64').toString()
}
