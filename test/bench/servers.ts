import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Peer } from './peers.js'

/** A server of a benchmark that is up. */
export interface BenchServer {
  url: string
  close(): Promise<void>
}

/**
 * Starts a server in a process of its own: `freezes` as freezing.ts says, from its first request on; `closes` every connection after one answer;
 * `limits` connections to ten answers, by Node's own means; `plain` does nothing of the kind.
 */
export async function startOddServer(kind: 'freezes' | 'closes' | 'limits' | 'plain'): Promise<BenchServer> {
  const child = fork(new URL('./odd-server.js', import.meta.url), [kind], { execArgv: [] })
  const [port] = await once(child, 'message')
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    async close() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

/** Starts nginx in front of a server, with one process and its default of 1000 requests per connection unless told otherwise. */
export async function startNginx(program: Peer, behind: string, keepaliveRequests = 1000): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-nginx-'))
  const port = await freePort()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 512; }
http {
  access_log off; ${temporary.join(' ')}
  upstream behind { server ${new URL(behind).host}; keepalive 64; }
  server {
    listen 127.0.0.1:${port}; keepalive_requests ${keepaliveRequests};
    location / { proxy_pass http://behind; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}`,
  )
  const child = spawn(program.file, ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
    stdio: 'ignore',
    env: { ...process.env, ...program.env },
  })
  await answering(port, child)
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    async close() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(folder, { recursive: true })
    },
  }
}

async function answering(port: number, child: ReturnType<typeof spawn>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`)
    const up = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' }).catch(() => undefined)
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('nginx did not come up')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Uses a server and ends it, whatever happens. */
export async function withServer<Found>(
  server: Promise<BenchServer>,
  use: (url: string) => Promise<Found>,
): Promise<Found> {
  const { url, close } = await server
  try {
    return await use(url)
  } finally {
    await close()
  }
}
