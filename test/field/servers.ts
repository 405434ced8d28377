import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { convertedServers, startConverted } from '../converted/servers.js'
import { interopServers, startInterop } from '../interop/servers.js'
import { endGroup, freePort, interopRoot } from '../interop/start.js'
import { expressServers } from './express-servers.js'
import { hasNginx, nginx } from './nginx.js'
import type { FieldServer } from './serving.js'

const stateless = () => expressServers['Express, stateless, well built']!()
const sessions = () => expressServers['Express, sessions, well built']!()
const converted = (name: keyof typeof convertedServers, path?: string) => async (): Promise<FieldServer> => {
  const { url, close } = await startConverted(convertedServers[name])
  return { url: path ? new URL(path, url).href : url, close }
}
const interop = (name: string) => async (): Promise<FieldServer> => {
  const server = interopServers.find((one) => one.name === name)!
  return { ...(await startInterop(server)), options: { tools: server.safeTools } }
}
const sharing = fileURLToPath(new URL('./servers/shared-transport.mjs', import.meta.url))
const oldSdk = `${interopRoot}sdk-1.25.3`

/** The SDK of the advisory GHSA-345p-7cg4-v4c7, with one stateless transport for everybody. */
async function sharedTransport(): Promise<FieldServer> {
  const port = await freePort()
  const child = spawn(process.execPath, [sharing, String(port)], {
    env: { ...process.env, FIELD_SDK: oldSdk },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve, reject) => child.stdout.once('data', resolve) && child.once('exit', reject))
  return { url: `http://127.0.0.1:${port}/mcp`, close: () => endGroup(child) }
}

/** Servers behind nginx, real ones of the registries, and those of the guide. */
const others: Record<string, () => Promise<FieldServer>> = {
  'nginx, well set up': async () =>
    nginx({ behind: [await sessions()], location: 'proxy_buffering off; client_max_body_size 10m;' }),
  'nginx with buffering on': async () =>
    nginx({ behind: [await stateless()], location: 'proxy_http_version 1.0; proxy_ignore_headers X-Accel-Buffering;' }),
  'nginx with gzip for everything': async () =>
    nginx({ behind: [await stateless()], server: 'gzip on; gzip_types *; gzip_min_length 1; gzip_proxied any;' }),
  'nginx that gives up after two seconds': async () =>
    nginx({ behind: [await sessions()], location: 'proxy_buffering off; proxy_read_timeout 2s;' }),
  'nginx that does not tell when clients leave': async () =>
    nginx({ behind: [await sessions()], location: 'proxy_buffering off; proxy_ignore_client_abort on;' }),
  'nginx that rewrites Accept': async () =>
    nginx({ behind: [await stateless()], location: 'proxy_set_header Accept application/json;' }),
  'nginx that asks for a User-Agent': async () =>
    nginx({ behind: [await stateless()], server: 'if ($http_user_agent = "") { return 403; }' }),
  'two replicas without affinity': async () =>
    nginx({ behind: [await sessions(), await sessions()], location: 'proxy_buffering off;' }),
  'nginx with a dead server behind': async () => {
    const dead = await stateless()
    await dead.close()
    return nginx({ behind: [{ ...dead, close: async () => {} }] })
  },
  'nginx with a public name, mcp 1.30 behind': async () =>
    nginx({ behind: [await interop('mcp1-stateful')()], location: 'proxy_set_header Host mcp.example.com;' }),
  'nginx with a public name, SDK example behind': async () =>
    nginx({ behind: [await interop('sdk-simple')()], location: 'proxy_set_header Host mcp.example.com;' }),
  'TLS in nginx, FastMCP behind': async () => nginx({ behind: [await converted('http')()], path: '/mcp/', tls: true }),
  'mcp 1.30 with its Host guard': interop('mcp1-stateful'),
  'FastMCP, called with a slash': converted('http', '/mcp/'),
  'FastAPI mount, called at the mount': converted('mounted', '/weather'),
  'FastAPI mount without lifespan': converted('forgetful'),
  'FastMCP with CORS, nothing exposed': converted('corsHidden'),
  'Express with one transport, body not handed on': converted('oneTransport'),
  'Express with one transport, body handed on': converted('oneTransportBody'),
  'SDK 1.25.3 with a shared stateless transport': sharedTransport,
}

/** Every server of the table by its name. */
export const fieldServers: Record<string, () => Promise<FieldServer>> = { ...expressServers, ...others }

/** Why a server cannot be started here, or undefined when it can: `install.sh` of this folder provides everything. */
export function missingFor(name: string): string | undefined {
  if (/nginx|replicas/.test(name) && !hasNginx) return 'nginx is not installed'
  if (/SDK 1\.25\.3/.test(name) && !existsSync(`${oldSdk}/node_modules`)) return 'the old SDK is not installed'
  return undefined
}
