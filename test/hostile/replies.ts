import { gzipSync } from 'node:zlib'
import { flood, type Hostile } from './hostile.js'
import { type Call, goodResult, onMcp } from './mcp.js'

const megabyte = 'x'.repeat(1 << 20)

/** Answers a method with the given JSON text of a result. */
function instead(name: string, method: string, body: (call: Call) => string | Buffer): Hostile {
  return onMcp(name, (call) => {
    if (call.method !== method || call.message?.id === undefined) return false
    call.send(body(call))
    return true
  })
}

/** Answers every request with an event stream that `write` goes on with. */
function streaming(name: string, write: (call: Call) => void, which: (call: Call) => boolean = asks): Hostile {
  return onMcp(name, (call) => {
    if (!which(call)) return false
    call.answer.writeHead(200, { 'content-type': 'text/event-stream' })
    write(call)
    return true
  })
}

const asks = ({ message }: Call) => message?.id !== undefined
const deep = (open: string, close: string, levels: number) => `${open.repeat(levels)}1${close.repeat(levels)}`

/** Replies of a size, length or depth that nobody can hold. */
export const oversized: Hostile[] = [
  onMcp('10 GB in answer to tools/list', ({ method, answer }) => {
    if (method !== 'tools/list') return false
    answer.writeHead(200, { 'content-type': 'application/json' })
    flood(answer, megabyte)
    return true
  }),
  onMcp('7 MB in answer to everything', (call) => {
    if (!asks(call)) return false
    call.send(call.result({ ...goodResult(call), more: megabyte.repeat(7) }))
    return true
  }),
  instead('a tools/list of 100 MB', 'tools/list', ({ result }) =>
    result({
      tools: Array.from({ length: 100 }, (_, at) => ({
        name: `tool${at}`,
        description: megabyte,
        inputSchema: { type: 'object' },
      })),
    }),
  ),
  instead('100,000 tools', 'tools/list', ({ result }) =>
    result({
      tools: Array.from({ length: 100_000 }, (_, at) => ({ name: `t${at}`, inputSchema: { type: 'object' } })),
    }),
  ),
  onMcp('a gzip bomb that nobody asked for', ({ method, answer }) => {
    if (method !== 'tools/list') return false
    answer.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb())
    return true
  }),
  instead('JSON 1,000,000 levels deep', 'tools/list', () => deep('[', ']', 1_000_000)),
  instead(
    'a result 100,000 levels deep',
    'tools/list',
    ({ message }) =>
      `{"jsonrpc":"2.0","id":${JSON.stringify(message.id)},"result":{"tools":[],"more":${deep('{"a":', '}', 100_000)}}}`,
  ),
  instead(
    'a schema 5,000 levels deep',
    'tools/list',
    ({ message }) =>
      `{"jsonrpc":"2.0","id":${JSON.stringify(message.id)},"result":{"tools":[{"name":"deep","inputSchema":${deep('{"type":"object","properties":{"a":', '}}', 5000).replace('1', '{}')}}]}}`,
  ),
  instead(
    'a result 100,000 levels deep at initialize',
    'initialize',
    ({ message }) =>
      `{"jsonrpc":"2.0","id":${JSON.stringify(message.id)},"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":${deep('{"a":', '}', 100_000)}}}`,
  ),
  instead('a cursor that never ends', 'tools/list', ({ result }) =>
    result({ tools: [], nextCursor: `page-${Math.random()}` }),
  ),
  instead('a cursor of 1 MB that never ends', 'tools/list', ({ result }) =>
    result({ tools: [], nextCursor: `${Math.random()}${megabyte}` }),
  ),
  streaming('an endless stream of notifications', (call) =>
    flood(
      call.answer,
      'data: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":1}}\n\n'.repeat(500),
    ),
  ),
  streaming('an endless stream of tiny events', ({ answer }) => flood(answer, 'data: 1\n\n'.repeat(8000))),
  streaming('an endless stream of comments', ({ answer }) => flood(answer, ':\n'.repeat(30_000))),
  streaming('an event without end', ({ answer }) => {
    answer.write('data: ')
    flood(answer, megabyte)
  }),
  streaming('an endless stream of requests to the client', (call) => {
    call.answer.write(`data: ${call.result(goodResult(call) ?? {})}\n\n`)
    flood(call.answer, 'data: {"jsonrpc":"2.0","id":7,"method":"ping"}\n\n'.repeat(500))
  }),
  onMcp('an endless GET stream', ({ incoming, answer }) => {
    if (incoming.method !== 'GET') return false
    answer.writeHead(200, { 'content-type': 'text/event-stream' })
    flood(
      answer,
      'data: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":1}}\n\n'.repeat(500),
    )
    return true
  }),
  streaming(
    'a stream that asks to be resumed for ever',
    ({ answer }) => void answer.end(`id: ${Math.random()}\nretry: 999999999\ndata:\n\n`),
  ),
]

let bombBytes: Buffer | undefined
function bomb(): Buffer {
  bombBytes ??= gzipSync(Buffer.alloc(200 << 20, 0x20))
  return bombBytes
}

const evil = "\u001b[2J\u001b]0;pwned\u0007<script>pwned()</script>\n::error::pwned\n=cmd|' /C calc'!A0\u202e"

/** Replies that mean something else than they seem to. */
export const crooked: Hostile[] = [
  instead('invalid UTF-8', 'tools/list', ({ result }) =>
    Buffer.from(result({ tools: [{ name: '\u00ff\u00fe\u0080', inputSchema: { type: 'object' } }] }), 'latin1'),
  ),
  onMcp('ids that are objects', (call) => {
    if (!asks(call) || call.method === 'initialize') return false
    call.send(JSON.stringify({ jsonrpc: '2.0', id: { toString: 1, valueOf: null }, result: goodResult(call) ?? {} }))
    return true
  }),
  onMcp('keys that pollute prototypes', (call) => {
    if (!asks(call)) return false
    const keys =
      '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1,"hasOwnProperty":null'
    const good = JSON.stringify({
      ...goodResult(call),
      tools: [
        { name: '__proto__', inputSchema: { type: 'object' } },
        { name: 'constructor', inputSchema: 0 },
      ],
    })
    call.send(`{"jsonrpc":"2.0","id":${JSON.stringify(call.message.id)},${keys},"result":{${keys},${good.slice(1)}}`)
    return true
  }),
  onMcp('members of every wrong type', (call) => {
    if (!asks(call) || call.method === 'initialize') return false
    const odd = [null, 7, 'x', [null], { name: null, uri: 1, inputSchema: [], arguments: 3, content: 'x' }, 1e300]
    call.send(
      call.result({
        tools: odd,
        prompts: odd,
        resources: odd,
        resourceTemplates: odd,
        contents: odd,
        messages: odd,
        content: odd,
        completion: 1,
        nextCursor: 0,
      }),
    )
    return true
  }),
  onMcp('ANSI, HTML, CSV and workflow commands everywhere', (call) => {
    if (!asks(call)) return false
    const named = {
      name: evil,
      title: evil,
      description: evil,
      uri: `test://${encodeURIComponent(evil)}`,
      inputSchema: { type: evil },
    }
    call.send(
      call.result({
        ...goodResult(call),
        serverInfo: { name: evil, version: evil },
        instructions: evil,
        tools: [named],
        prompts: [named],
        resources: [named],
      }),
    )
    return true
  }),
  instead('schemas with catastrophic patterns', 'tools/list', ({ result }) => {
    const pattern = '^(([a-z0-9]+)+)+$'
    const text = { type: 'string', pattern, default: `${'a'.repeat(60)}!`, examples: [`${'a'.repeat(60)}!`] }
    const inputSchema = {
      type: 'object',
      properties: { text },
      patternProperties: { [pattern]: text },
      required: ['text'],
    }
    return result({
      tools: Array.from({ length: 50 }, (_, at) => ({ name: `tool${at}`, inputSchema, outputSchema: inputSchema })),
    })
  }),
  instead('schemas with remote references', 'tools/list', ({ result, trap }) => {
    const inputSchema = {
      $schema: `${trap}/meta`,
      $id: `${trap}/id`,
      type: 'object',
      $ref: `${trap}/schema`,
      properties: { a: { $ref: `${trap}/a#/b` } },
    }
    return result({
      tools: [{ name: 'remote', inputSchema, outputSchema: inputSchema, icons: [{ src: `${trap}/icon` }] }],
    })
  }),
  instead('schemas that refer to themselves', 'tools/list', ({ result }) => {
    const loop = { type: 'object', $ref: '#' }
    const fork = {
      type: 'object',
      $defs: {
        a: { allOf: [{ $ref: '#/$defs/b' }, { $ref: '#/$defs/b' }] },
        b: { anyOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/a' }] },
      },
      $ref: '#/$defs/a',
    }
    return result({
      tools: [
        { name: 'loop', inputSchema: loop },
        { name: 'fork', inputSchema: fork },
      ],
    })
  }),
  onMcp('a redirect loop', ({ answer, incoming }) => Boolean(answer.writeHead(307, { location: incoming.url! }).end())),
  onMcp('redirects to another host', ({ answer, trap }) =>
    Boolean(answer.writeHead(307, { location: `${trap}/mcp` }).end()),
  ),
  onMcp('redirects to another host after the handshake', ({ method, answer, trap }) => {
    if (method === 'initialize') return false
    return Boolean(answer.writeHead(308, { location: `${trap}/mcp` }).end())
  }),
  onMcp('HTTP+SSE whose endpoint is on another host', ({ incoming, answer, trap }) => {
    if (incoming.method !== 'GET') return Boolean(answer.writeHead(404).end())
    answer.writeHead(200, { 'content-type': 'text/event-stream' })
    return answer.write(`event: endpoint\ndata: ${trap}/messages\n\n`)
  }),
  onMcp('resource metadata on another host', ({ answer, trap }) => {
    const challenge = `Bearer resource_metadata="${trap}/.well-known/oauth-protected-resource"`
    return Boolean(answer.writeHead(401, { 'www-authenticate': challenge }).end())
  }),
  onMcp('429 for ever', ({ answer }) => Boolean(answer.writeHead(429, { 'retry-after': '1' }).end())),
  onMcp('429 for all but the handshake', ({ method, answer }) => {
    if (method === 'initialize' || method === 'notifications/initialized') return false
    return Boolean(answer.writeHead(429, { 'retry-after': '9' }).end())
  }),
  onMcp('HTML with 200 for everything', ({ answer }) =>
    Boolean(answer.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works!</h1>')),
  ),
  onMcp('an empty result with 200 for everything', (call) => {
    call.send(call.result({}))
    return true
  }),
  onMcp('200 and a good answer for everything', (call) => {
    call.send(call.result(goodResult(call) ?? {}))
    return true
  }),
  dying('dies after 40 requests', 40),
  dying('dies after 400 requests', 400),
]

/** A server whose process ends in the middle of a run. */
function dying(name: string, after: number): Hostile {
  return {
    name,
    async start(trap) {
      let requests = 0
      const running = await onMcp(name, ({ answer }) => {
        if (++requests < after) return false
        answer.destroy()
        running.close()
        return true
      }).start(trap)
      return running
    },
  }
}
