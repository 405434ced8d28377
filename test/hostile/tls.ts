import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { type Hostile, listening } from './hostile.js'

/** Servers behind TLS that nobody should trust. */
export const tls: Hostile[] = [
  {
    name: 'a certificate for another name that nobody signed',
    start: () =>
      listening(
        createServer(selfSigned(), (socket) => socket.destroy()),
        '/mcp',
        'https',
      ),
  },
  {
    name: 'TLS that stops in the middle of the handshake',
    start: () =>
      listening(
        createServer({ ...selfSigned(), SNICallback: () => {} }, () => {}),
        '/mcp',
        'https',
      ),
  },
]

function selfSigned(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
  const files = ['-keyout', key, '-out', cert, '-subj', '/CN=wrong.example']
  execFileSync('openssl', ['req', '-x509', ...curve, ...files], { stdio: 'ignore' })
  const pair = { key: readFileSync(key), cert: readFileSync(cert) }
  rmSync(folder, { recursive: true })
  return pair
}
