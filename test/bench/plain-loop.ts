import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'

/**
 * The simplest closed loop there is, to measure others against: over each connection one request at a time, timed from its write to the end of
 * its answer, a new connection whenever the server ends one. Understands answers with Content-Length alone. Returns all times in ms, sorted.
 */
export async function plainLoop(url: string, connections: number, seconds: number): Promise<number[]> {
  const { hostname, port, pathname, host } = new URL(url)
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })
  const request = [
    `POST ${pathname} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Type: application/json',
    'Accept: application/json, text/event-stream',
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n')
  const times: number[] = []
  const endsAt = performance.now() + seconds * 1000

  async function one(): Promise<void> {
    while (performance.now() < endsAt) await oneConnection()
  }

  function oneConnection(): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect(Number(port), hostname)
      let sentAt = 0
      let received = ''
      const send = () => {
        if (performance.now() >= endsAt) return void socket.destroy()
        received = ''
        sentAt = performance.now()
        socket.write(request)
      }
      socket.setNoDelay(true)
      socket.on('connect', send)
      socket.on('data', (data) => {
        received += data.toString('latin1')
        const head = received.indexOf('\r\n\r\n')
        const length = Number(/content-length: *(\d+)/i.exec(received)?.[1])
        if (head < 0 || received.length < head + 4 + length) return
        times.push(performance.now() - sentAt)
        if (/^connection: *close/im.test(received.slice(0, head))) socket.destroy()
        else send()
      })
      socket.on('error', () => {})
      socket.on('close', () => resolve())
    })
  }

  await Promise.all(Array.from({ length: connections }, one))
  return times.sort((one, other) => one - other)
}
