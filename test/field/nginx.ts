import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../interop/start.js'
import type { FieldServer } from './serving.js'

const binary = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx'].find(existsSync)

/** True where nginx is installed. */
export const hasNginx = binary !== undefined

/** How nginx stands in front: lines for the server and for its location, further servers behind it, and TLS. */
export interface Front {
  server?: string
  location?: string
  behind: readonly FieldServer[]
  /** Passed on in place of the path of the server behind. */
  path?: string
  tls?: boolean
}

/** Starts an nginx of its own in front of servers; closing it closes them too. */
export async function nginx({ server = '', location = '', behind, path, tls = false }: Front): Promise<FieldServer> {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-nginx-'))
  const port = await freePort()
  const certificate = tls ? selfSigned(folder) : undefined
  const upstream = behind.map(({ url }) => `server ${new URL(url).host};`).join(' ')
  const config = `
    daemon off; pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1;
    events { worker_connections 256; }
    http {
      access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder};
      fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
      upstream behind { ${upstream} }
      server {
        listen 127.0.0.1:${port}${tls ? ` ssl; ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem` : ''};
        ${server}
        location / { proxy_pass http://behind; ${
          /http_version/.test(location) ? '' : 'proxy_http_version 1.1;'
        } proxy_set_header Connection ''; ${
          /set_header Host/.test(location) ? '' : 'proxy_set_header Host $http_host;'
        } ${location} }
      }
    }`
  writeFileSync(join(folder, 'nginx.conf'), config)
  const child = spawn(binary!, ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  child.stderr.on('data', (text) => {
    printed += text
  })
  await ready(child, port, () => printed)
  const scheme = tls ? 'https' : 'http'
  const host = tls ? 'localhost' : '127.0.0.1'
  return {
    url: `${scheme}://${host}:${port}${path ?? new URL(behind[0]!.url).pathname}`,
    options: { ...behind[0]!.options, ...(certificate ? { ca: certificate } : {}) },
    async close() {
      child.kill('SIGTERM')
      await new Promise((resolve) => child.once('close', resolve))
      for (const one of behind) await one.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function selfSigned(folder: string): string {
  const args =
    'req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost -addext subjectAltName=DNS:localhost'.split(' ')
  spawnSync('openssl', [...args, '-keyout', `${folder}/key.pem`, '-out', `${folder}/cert.pem`])
  return spawnSync('cat', [`${folder}/cert.pem`], { encoding: 'utf8' }).stdout
}

async function ready(child: ChildProcess, port: number, printed: () => string): Promise<void> {
  for (const end = Date.now() + 5000; Date.now() < end; await delay(30)) {
    if (child.exitCode !== null) break
    const reached = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2000) }).then(
      () => true,
      (error) => !/ECONNREFUSED/.test(String(error.cause)),
    )
    if (reached) return
  }
  throw new Error(`nginx did not start: ${printed()}`)
}
