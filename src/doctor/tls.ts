import net from 'node:net'
import { type PeerCertificate, rootCertificates, connect as tlsConnect } from 'node:tls'
import { wireError } from '../wire/failure.js'
import { broken, holds, type StepDefinition, type Trip } from './trip.js'

const day = 86_400_000

/** What a TLS handshake shows. */
interface Shake {
  error?: string
  code?: string
  protocol?: string | null
  certificate?: PeerCertificate
}

function shake({ url, ca, peer }: Trip): Promise<Shake> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] }
    const socket = tlsConnect({
      host,
      port: Number(url.port || 443),
      servername: net.isIP(host) ? '' : host,
      rejectUnauthorized: false,
      timeout: peer.wire.waiting.timeoutMs,
      ...trusted,
    })
    const done = (seen: Shake) => {
      socket.destroy()
      resolve(seen)
    }
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerCertificate()
      const problem = socket.authorizationError as unknown as (Error & { code?: string }) | string | undefined
      const code = typeof problem === 'string' ? problem : (problem?.code ?? problem?.message)
      done({ protocol: socket.getProtocol(), certificate, ...(socket.authorized || !code ? {} : { code }) })
    })
    socket.once('timeout', () => done({ error: 'no TLS handshake in time' }))
    socket.once('error', (error) => done({ error: wireError(error).message }))
  })
}

const fixes: Record<string, [cause: string, fix: string]> = {
  CERT_HAS_EXPIRED: ['The certificate has expired', 'Renew it, and see why the renewal did not run.'],
  CERT_NOT_YET_VALID: ['The certificate is not valid yet', 'Set the clocks of both machines.'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'The certificate is for another name',
    'Issue it for the name clients use, or call the server by a name it holds.',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'The chain is incomplete: the intermediate certificate is not sent; browsers mend that, MCP clients do not',
    'Serve the full chain (fullchain.pem in place of cert.pem).',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'The certificate is signed by itself',
    'Use one that a public authority signed, or give clients the authority: NODE_EXTRA_CA_CERTS, SSL_CERT_FILE.',
  ],
}
const privateAuthority: [string, string] = [
  'The certificate is signed by an authority that is not public',
  'Give clients the authority: NODE_EXTRA_CA_CERTS, SSL_CERT_FILE, or --ca.',
]

/** TLS of a usable version, with a certificate that clients accept: chain, name, dates. */
export const tls: StepDefinition = {
  id: 'tls',
  title: 'TLS',
  async look(trip) {
    if (trip.url.protocol === 'http:') return { state: 'not-needed', found: 'http, no TLS' }
    const { error, code, protocol, certificate } = await shake(trip)
    if (error)
      return broken(`no TLS connection: ${error}`, {
        layer: 'network',
        cause: /wrong version number|packet length/i.test(error)
          ? 'The port speaks plain http'
          : 'The TLS handshake fails',
        fix: /wrong version number|packet length/i.test(error)
          ? 'Call it with http://, or put TLS on this port.'
          : 'Look at the TLS versions, ciphers and SNI names of the server or its proxy.',
      })
    const until = new Date(certificate?.valid_to ?? 0)
    const about = `${protocol}, certificate of ${certificate?.subject?.CN ?? 'no name'} from ${certificate?.issuer?.O ?? certificate?.issuer?.CN ?? 'itself'}, valid to ${until.toISOString().slice(0, 10)}`
    if (code) {
      const [cause, fix] = fixes[code] ?? privateAuthority
      return broken(`${about}: ${code}`, { layer: 'network', cause, fix })
    }
    const left = Math.floor((until.getTime() - Date.now()) / day)
    return holds(about, left < 14 ? [`The certificate ends in ${left} days. Renew it.`] : [])
  },
}
