import type { Hostile } from './hostile.js'
import { asks, type Call, goodResult, instead, onMcp, streaming } from './mcp.js'

const note = 'data: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":1}}\n\n'

/** Answers every request well, with something more in the result. */
function padded(name: string, more: string): Hostile {
  return onMcp(name, (call) => {
    if (!asks(call)) return false
    const good = JSON.stringify(goodResult(call) ?? {})
    call.send(`${call.result({}).slice(0, -3)}{"more":${more}${good === '{}' ? '' : ','}${good.slice(1)}}`)
    return true
  })
}

/** Answers every request well, with something more in the head. */
function headed(name: string, head: (call: Call) => Record<string, string | string[]>): Hostile {
  return onMcp(name, (call) => {
    for (const [field, value] of Object.entries(head(call))) call.answer.setHeader(field, value)
    return false
  })
}

/** Replies within the bounds, but only just, again and again. */
export const bloated: Hostile[] = [
  padded('3.9 MB in answer to everything', JSON.stringify('x'.repeat(3_900_000))),
  padded('a million empty lists in answer to everything', `[${'[],'.repeat(1_000_000)}0]`),
  padded('200,000 members in answer to everything', JSON.stringify(Object.fromEntries(Array(200_000).entries()))),
  streaming('2,900 notifications before every answer', (call) => {
    call.answer.end(`${note.repeat(2900)}data: ${call.result(goodResult(call) ?? {})}\n\n`)
  }),
  instead('instructions of 3 MB', 'initialize', (call) =>
    call.result({ ...goodResult(call), instructions: 'please '.repeat(450_000) }),
  ),
  instead('tools whose names are 1 MB', 'tools/list', ({ result }) =>
    result({ tools: [1, 2, 3].map((at) => ({ name: `${at}`.repeat(1 << 20), inputSchema: { type: 'object' } })) }),
  ),
  headed('a session id of 12 kB', () => ({ 'mcp-session-id': 's'.repeat(12_000) })),
  headed('a new session with every answer', () => ({ 'mcp-session-id': `s${Math.random()}` })),
  headed('1,500 cookies with every answer', () => ({ 'set-cookie': Array(1500).fill('a=b') })),
  onMcp('a challenge of 12 kB', ({ answer }) =>
    Boolean(answer.writeHead(401, { 'www-authenticate': `Bearer ${'realm="\\",'.repeat(1300)}` }).end()),
  ),
  onMcp('HTTP+SSE that announces 2,500 endpoints', ({ incoming, answer }) => {
    if (incoming.method !== 'GET') return Boolean(answer.writeHead(404).end())
    answer.writeHead(200, { 'content-type': 'text/event-stream' })
    answer.write('event: endpoint\ndata: /messages\n\n'.repeat(2500))
    return true
  }),
]
