import net from 'node:net'
import tls from 'node:tls'
import { accountOf } from './account.js'
import { wireError } from './failure.js'
import type { HeaderList } from './headers.js'
import type { Peer } from './peer.js'
import { Reply } from './reply.js'

/**
 * Writes bytes to a fresh connection as they are and reads one HTTP/1.1 answer. The connection is closed after it.
 * Pieces go out in separate writes, `pauseMs` apart (default 15). Never throws for what the server does.
 */
export async function rawExchange(
  peer: Peer,
  pieces: (string | Buffer)[],
  options: { timeoutMs?: number; pauseMs?: number } = {},
): Promise<Reply> {
  const { wire, url } = peer
  await wire.turn()
  wire.budget.spend()
  const target = new URL(url)
  const secure = target.protocol === 'https:'
  const port = Number(target.port || (secure ? 443 : 80))
  const host = target.hostname.replace(/^\[|\]$/g, '')
  const socket = secure
    ? tls.connect({ host, port, servername: net.isIP(host) ? '' : host })
    : net.connect({ host, port })
  const reply = new Reply(performance.now(), { bytes: 1 << 20, hasRoom: () => wire.memory.hasRoom() }, () =>
    socket.destroy(),
  )
  const { life } = peer
  const sent = requestIn(url, Buffer.concat(pieces.map((piece) => Buffer.from(piece))).toString())
  const account = accountOf(sent, reply, wire.redact)
  peer.record?.(account)
  wire.tend({ ...sent, ...(life === undefined ? {} : { life }) }, reply, account)
  wire.limit(reply, options.timeoutMs)
  const read = responseReader(reply)
  socket.setNoDelay(true)
  socket.on('data', read.data)
  socket.on('end', read.end)
  socket.on('error', (error) => reply.end(reply.status ? 'reset' : 'failed', wireError(error)))
  socket.once(secure ? 'secureConnect' : 'connect', async () => {
    for (const piece of pieces) {
      if (!socket.destroyed) socket.write(piece)
      await new Promise((resolve) => setTimeout(resolve, options.pauseMs ?? 15))
    }
  })
  await reply.finished
  socket.destroy()
  return reply
}

function requestIn(url: string, bytes: string): { method: string; url: string; headers: HeaderList; body: string } {
  const [head = '', ...rest] = bytes.split('\r\n\r\n')
  const [line = '', ...fields] = head.split('\r\n')
  const headers = fields.map((field): HeaderList[number] => {
    const colon = field.indexOf(':')
    return [field.slice(0, colon), field.slice(colon + 1).trim()]
  })
  return { method: line.split(' ')[0] ?? '', url, headers, body: rest.join('\r\n\r\n') }
}

/** The most bytes of a head, and of a chunk that is not whole yet: whoever sends more sends no answer to us. */
const mostPending = 1 << 20

/** Reads status line, fields and a body framed by Content-Length, chunks or the end of the connection. RFC 9112. */
function responseReader(reply: Reply): { data(chunk: Buffer): void; end(): void } {
  let buffer = Buffer.alloc(0)
  let left: number | undefined
  let chunked = false
  const finish = () => reply.end('complete')
  const broken = (message: string) => reply.end('failed', { kind: 'malformed', message })
  const head = () => {
    while (reply.status === 0 && !reply.ended && oneHead()) {
      // Each 1xx is passed over.
    }
  }
  const oneHead = (): boolean => {
    const end = buffer.indexOf('\r\n\r\n')
    if (end < 0) return false
    const [line = '', ...fields] = buffer.subarray(0, end).toString('latin1').split('\r\n')
    buffer = buffer.subarray(end + 4)
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(line)?.[1] ?? 0)
    if (!status) broken(`not an HTTP answer: ${line.slice(0, 80)}`)
    if (status < 200) return true
    reply.head(
      status,
      fields.map((field) => [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 1).trim()]),
    )
    chunked = /chunked/i.test(reply.header('transfer-encoding') ?? '')
    const length = reply.header('content-length')
    left = chunked ? 0 : Number(status === 204 || status === 304 ? 0 : (length ?? Number.POSITIVE_INFINITY))
    if (Number.isNaN(left)) broken(`Content-Length is no number: ${length}`)
    else if (left === 0 && !chunked) finish()
    return false
  }
  const body = () => {
    if (chunked) return dechunk()
    if (buffer.length > 0) reply.chunk(buffer.subarray(0, left))
    left! -= buffer.length
    buffer = Buffer.alloc(0)
    if (left! <= 0) finish()
  }
  const dechunk = () => {
    for (let at = buffer.indexOf('\r\n'); at >= 0 && !reply.ended; at = buffer.indexOf('\r\n')) {
      const size = Number.parseInt(buffer.subarray(0, at).toString(), 16)
      if (Number.isNaN(size)) return broken(`a chunk without a size: ${buffer.subarray(0, Math.min(at, 80))}`)
      if (size === 0) return finish()
      if (buffer.length < at + size + 4) return
      reply.chunk(buffer.subarray(at + 2, at + 2 + size))
      buffer = buffer.subarray(at + size + 4)
    }
  }
  return {
    data(chunk) {
      if (reply.ended) return
      buffer = Buffer.concat([buffer, chunk])
      if (reply.status === 0) head()
      if (reply.status && !reply.ended) body()
      if (buffer.length > mostPending && !reply.ended) reply.close('too-large')
    },
    end() {
      if (reply.status && left === Number.POSITIVE_INFINITY) return finish()
      if (reply.status)
        return reply.end('reset', { kind: 'reset', message: 'the connection was closed within the body' })
      if (buffer.length > 0) return broken(`not an HTTP answer: ${buffer.subarray(0, 80).toString('latin1').trim()}`)
      reply.end('failed', { kind: 'reset', message: 'the connection was closed without an answer' })
    },
  }
}
