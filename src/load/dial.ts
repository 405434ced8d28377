import net from 'node:net'
import tls from 'node:tls'

/** Opens one connection; what comes is read into `buffer` and told as a count of bytes. It is ready at the event `up`. */
export interface Dialler {
  /** The event that says a socket is ready for a request. */
  readonly up: 'connect' | 'secureConnect'
  /** Starts to connect. */
  dial(onread: net.OnReadOpts): net.Socket
}

/**
 * Connects to the origin of a URL. Certificates are always verified, against Node's authorities and those of `ca` (PEM); the
 * environment cannot switch that off.
 */
export function dialler(url: URL, ca?: string): Dialler {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const secure = url.protocol === 'https:'
  const port = Number(url.port || (secure ? 443 : 80))
  if (!secure) return { up: 'connect', dial: (onread) => net.connect({ host, port, noDelay: true, onread }) }
  // Made once: reading all authorities again for each connection costs more than the handshake.
  const secureContext = tls.createSecureContext(ca === undefined ? {} : { ca: [...tls.rootCertificates, ca] })
  const servername = net.isIP(host) ? '' : host
  const options = { host, port, servername, secureContext, rejectUnauthorized: true, ALPNProtocols: ['http/1.1'] }
  const dial = (onread: net.OnReadOpts) => {
    const socket = tls.connect({ ...options, onread } as tls.ConnectionOptions)
    socket.setNoDelay(true)
    return socket
  }
  return { up: 'secureConnect', dial }
}
