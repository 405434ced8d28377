import type { Hostile } from './hostile.js'
import { asks, goodResult, instead, onMcp, streaming } from './mcp.js'

const evil =
  "\u001b[2J\u001b]0;pwned\u0007\u009b31m<script>pwned()</script><img src=x onerror=pwned()>](javascript:pwned())\n::error::pwned\n##[error]pwned\n=cmd|' /C calc'!A0\u202e]]><pwned/>"

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
  onMcp('ANSI, HTML and workflow commands in every error', (call) => {
    if (!asks(call) || call.method === 'initialize' || call.method === 'ping') return false
    const error = { code: -32000, message: evil, data: { [evil]: evil } }
    call.answer.writeHead(500, { 'content-type': 'application/json', 'x-evil': '<script>pwned()</script>' })
    return Boolean(call.answer.end(JSON.stringify({ jsonrpc: '2.0', id: call.message.id, error })))
  }),
  instead('numbers beyond all bounds', 'tools/list', ({ message }) => {
    const tool = '{"name":"echo","inputSchema":{"type":"object","minProperties":-1e999},"size":1e400}'
    return `{"jsonrpc":"2.0","id":${message.id},"result":{"tools":[${tool}],"nextCursor":1e999,"ttlMs":-1e999}}`
  }),
  instead('lone surrogates, NUL and emptiness as names', 'tools/list', ({ message }) => {
    const tools = ['\\ud800', '\\u0000', '', ' ', '..', '\\udfff/../x'].map(
      (name) => `{"name":"${name}","inputSchema":{}}`,
    )
    return `{"jsonrpc":"2.0","id":${message.id},"result":{"tools":[${tools}]}}`
  }),
  instead('a handshake of wrong types', 'initialize', ({ result }) =>
    result({ protocolVersion: { a: 1 }, capabilities: [[]], serverInfo: 'me', instructions: 7 }),
  ),
  instead('a version of 1 MB', 'initialize', (call) =>
    call.result({ ...goodResult(call), protocolVersion: '2025-11-25'.repeat(100_000) }),
  ),
  streaming('answers to every id but the right one', (call) => {
    const ids = Array.from({ length: 500 }, (_, at) => at + 1).filter((id) => id !== call.message.id)
    const wrong = ids.map((id) => `data: {"jsonrpc":"2.0","id":${id},"result":{}}\n\n`).join('')
    call.answer.end(wrong)
  }),
  streaming('a stream that breaks off and is to be resumed at once, for ever', ({ answer }) => {
    answer.end(`id: ${Math.random()}\nretry: 0\ndata:\n\n`)
  }),
]
