import type { Socket } from 'node:net'
import { flood, type Hostile, onSockets } from './hostile.js'

const json = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
const filler = 'x'.repeat(1 << 16)

/** Writes a text one byte at a time. */
function drip(socket: Socket, text: string, ms: number): void {
  let at = 0
  const timer = setInterval(() => {
    if (socket.destroyed || at >= text.length) clearInterval(timer)
    else socket.write(text[at++]!)
  }, ms)
}

/** Servers that break HTTP itself or the connection below it. */
export const sockets: Hostile[] = [
  onSockets('never answers', () => {}),
  onSockets('closes at once', (socket) => socket.destroy()),
  onSockets('one byte a second', (socket) => drip(socket, `${json}Content-Length: 900\r\n\r\n${filler}`, 1000)),
  onSockets('a body of one byte a second', (socket) => {
    socket.write(`${json}Content-Length: 900\r\n\r\n`)
    drip(socket, filler, 1000)
  }),
  onSockets('garbage in place of HTTP', (socket) => flood(socket, Buffer.from(filler).fill(0xfe))),
  onSockets('endless headers', (socket) => {
    socket.write(json)
    flood(socket, 'X-More: and more\r\n'.repeat(1000))
  }),
  onSockets('a header line without end', (socket) => {
    socket.write(`${json}X-Long: `)
    flood(socket, filler)
  }),
  onSockets('a flood of 1xx', (socket) => flood(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(1000))),
  onSockets('a chunk of 16 exabytes', (socket) => {
    socket.write(`${json}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFF\r\n`)
    flood(socket, filler)
  }),
  onSockets('10 GB in chunks', (socket) => {
    socket.write(`${json}Transfer-Encoding: chunked\r\n\r\n`)
    flood(socket, `10000\r\n${filler}\r\n`)
  }),
  onSockets('chunk extensions without end', (socket) => {
    socket.write(`${json}Transfer-Encoding: chunked\r\n\r\n1;`)
    flood(socket, filler)
  }),
  onSockets('half closed before the answer', (socket) => socket.end()),
  onSockets('half closed within the body', (socket) => socket.end(`${json}Content-Length: 900\r\n\r\n{"jsonrpc"`)),
  onSockets('two lengths that disagree', (socket) =>
    socket.end(`${json}Content-Length: 2\r\nContent-Length: 20\r\n\r\n{}`),
  ),
  onSockets('a status of 999', (socket) => socket.end('HTTP/1.1 999 Beyond\r\nContent-Length: 2\r\n\r\n{}')),
  onSockets('HTTP/2 without being asked', (socket) => socket.end(Buffer.from('000012040000000000000300000064', 'hex'))),
  onSockets('control characters in header fields', (socket) =>
    socket.end(`${json}Mcp-Session-Id: \x1b[2Ja\x00b\r\nContent-Length: 2\r\n\r\n{}`),
  ),
  onSockets('the head of an answer and then nothing', (socket) => socket.write(`${json}Content-Length: 20\r\n\r\n`)),
]
