import net from 'node:net'

/*
 * A server that costs next to nothing, in a process of its own: `responder.js json|sse same|different`. It answers each request with the same
 * result, whose id and canary are those of the request, and tells its parent how many tools/call it has answered. It reads no more of HTTP than
 * it must: requests come one at a time per connection, each in one piece.
 */

const sse = process.argv[2] === 'sse'
/** Whether each head has something of its own, as with servers that number their requests; else they repeat, as those of most servers do within a second. */
const different = process.argv[3] === 'different'
const digits = 10
const blank = '0'.repeat(digits)
const date = 'Sun, 22 Nov 2026 19:31:40 GMT'
const noContent = Buffer.from(`HTTP/1.1 202 Accepted\r\nDate: ${date}\r\nContent-Length: 0\r\n\r\n`)
const greeted = {
  protocolVersion: '2025-06-18',
  capabilities: { tools: {} },
  serverInfo: { name: 'responder', version: '1' },
}
const called = { content: [{ type: 'text', text: `Echo: canary-${blank}. The weather is fine.` }], isError: false }

function answer(result: object, fields = ''): Buffer {
  const body = JSON.stringify({ jsonrpc: '2.0', id: Number(`1${blank.slice(1)}`), result }).replace(
    `1${blank.slice(1)}`,
    blank,
  )
  const head = `HTTP/1.1 200 OK\r\nDate: ${date}\r\nConnection: keep-alive\r\n${fields}`
  if (!sse) return Buffer.from(`${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
  const event = `event: message\ndata: ${body}\n\n`
  const chunks = `${event.length.toString(16)}\r\n${event}\r\n0\r\n\r\n`
  return Buffer.from(
    `${head}Content-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`,
  )
}

/** Answers whose ids are filled in; one of each per connection. */
function answers() {
  const call = answer(called, different ? `X-Request-Id: ${blank}\r\n` : '')
  const places: number[] = []
  for (let at = call.indexOf(blank); at >= 0; at = call.indexOf(blank, at + digits)) places.push(at)
  const greeting = answer(greeted, `Mcp-Session-Id: ${'f'.repeat(32)}\r\n`)
  return { call, places, greeting, greetingPlace: greeting.indexOf(blank) }
}

let calls = 0

const server = net.createServer({ noDelay: true }, (socket) => {
  const { call, places, greeting, greetingPlace } = answers()
  socket.on('error', () => {})
  socket.on('data', (request) => {
    const id = request.lastIndexOf('"id":') + 5
    if (request.includes('tools/call')) {
      calls++
      for (const place of places) request.copy(call, place, id, id + digits)
      socket.write(call)
    } else if (request.includes('"initialize"')) {
      request.copy(greeting, greetingPlace, id, id + digits)
      socket.write(greeting)
    } else socket.write(noContent)
  })
})

process.on('message', () => process.send?.(calls))
process.on('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as net.AddressInfo).port))
