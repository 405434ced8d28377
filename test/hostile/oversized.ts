import { gzipSync } from 'node:zlib'
import { flood, type Hostile } from './hostile.js'
import { asks, goodResult, instead, onMcp, streaming } from './mcp.js'

const megabyte = 'x'.repeat(1 << 20)
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
