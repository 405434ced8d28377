import net from 'node:net'

/** A connection that is open for so many ms without a word has been taken; a forwarder whose server has gone closes it at once. */
const heldMs = 30

/** What a connection says that nobody takes. */
const nobody = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

/** How often a connection that is closed at once is tried again, at this distance in ms: a server that is busy may close some. */
const tries = 3
const betweenMs = 100

/**
 * Whether anybody takes connections at the host and port of a URL. Nothing is sent. What cannot be told counts as yes; `taken` is called as soon
 * as it looks like that.
 */
export async function takesConnections(url: URL, taken: () => void = () => {}): Promise<boolean> {
  for (let left = tries; left > 0; left--) {
    const met = await knock(url, taken)
    if (met !== 'closed') return met === 'taken'
    if (left > 1) await new Promise((resolve) => setTimeout(resolve, betweenMs))
  }
  return false
}

function knock({ hostname, port, protocol }: URL, taken: () => void): Promise<'taken' | 'refused' | 'closed'> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const socket = net.connect({ host, port: Number(port || (protocol === 'https:' ? 443 : 80)) })
  return new Promise((resolve) => {
    let timer = setTimeout(() => done('taken'), 2000)
    let connected = false
    const done = (met: 'taken' | 'refused' | 'closed') => {
      clearTimeout(timer)
      socket.destroy()
      resolve(met)
    }
    socket.once('connect', () => {
      connected = true
      taken()
      clearTimeout(timer)
      timer = setTimeout(() => done('taken'), heldMs)
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (!nobody.has(error.code ?? '')) taken()
      if (!nobody.has(error.code ?? '')) return done('taken')
      done(connected ? 'closed' : 'refused')
    })
    socket.once('end', () => done('closed'))
    socket.resume()
  })
}
