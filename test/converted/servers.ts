import { type ChildProcess, spawn } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { endGroup, freePort, interopRoot } from '../interop/start.js'

const pythonFiles = fileURLToPath(new URL('./python/', import.meta.url))
const builtFiles = fileURLToPath(new URL('../../dist/test/converted/typescript/', import.meta.url))

/** A server converted from STDIO as guides show it. */
export interface ConvertedServer {
  /** Its row in docs/converted-servers.md. */
  name: string
  command: string
  args: string[]
  env: Record<string, string>
  path: string
  /** The command of the STDIO server it was converted from. */
  original: string
}

/** Credentials that the guarded servers want. */
export const apiKey = 'weather-key-0123456789'
/** The JSON object of the server that wants credentials, as clients send it. */
export const credentials = Buffer.from('{"username":"ada","password":"weather-password-42"}').toString('base64')

const python = `${interopRoot}venv/bin/python`

const inPython = (name: string, file: string, options: string[] = [], path = '/mcp'): ConvertedServer => ({
  name,
  command: python,
  args: [`${pythonFiles}${file}.py`, '{port}', ...options],
  env: { WEATHER_API_KEY: apiKey, WEATHER_PASSWORD: 'weather-password-42', FASTMCP_CHECK_FOR_UPDATES: 'off' },
  path,
  original: `${python} ${pythonFiles}stdio_server.py`,
})

const inTypeScript = (name: string, file: string, options: string[] = []): ConvertedServer => ({
  name,
  command: process.execPath,
  args: [`${builtFiles}${file}.js`, '{port}', ...options],
  env: {},
  path: '/mcp',
  original: `${process.execPath} ${builtFiles}stdio-server.js`,
})

/** Every conversion by name. Those in TypeScript run from `dist`: `tsc -p tsconfig.json` builds them. */
export const convertedServers = {
  http: inPython('FastMCP run(transport="http")', 'http_server'),
  stateless: inPython('FastMCP stateless_http=True', 'http_server', ['stateless']),
  mounted: inPython('FastAPI mount with lifespan', 'fastapi_server', [], '/weather/mcp'),
  forgetful: inPython('FastAPI mount without lifespan', 'fastapi_server', ['forgetful'], '/weather/mcp'),
  apiKey: inPython('API key', 'guarded_server', ['apikey']),
  credentials: inPython('base64-JSON credentials', 'guarded_server', ['credentials']),
  cors: inPython('CORS', 'cors_server'),
  corsHidden: inPython('CORS without exposed headers', 'cors_server', ['hidden']),
  oneTransport: inTypeScript('Express with one transport', 'one-transport'),
  oneTransportBody: inTypeScript('Express with one transport, body handed on', 'one-transport', ['body']),
  sessionMap: inTypeScript('session map', 'session-map'),
  sessionMapCors: inTypeScript('session map with CORS', 'session-map', ['cors']),
  statelessExpress: inTypeScript('Express, one transport per request', 'stateless'),
} satisfies Record<string, ConvertedServer>

/** A conversion that runs; `close` ends its whole process group. */
export interface RunningConverted {
  url: string
  close(): Promise<void>
}

/** Starts a conversion on a free port and waits until it listens: a handshake would use up those that serve one client. */
export async function startConverted(server: ConvertedServer): Promise<RunningConverted> {
  const port = await freePort()
  const args = server.args.map((arg) => arg.replace('{port}', String(port)))
  const child = spawn(server.command, args, { env: { ...process.env, ...server.env }, detached: true, stdio: 'pipe' })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      printed = `${printed}${text}`.slice(-10_000)
    })
  if (!(await listens(child, port))) {
    await endGroup(child)
    throw new Error(`${server.name} did not start\n${printed}`)
  }
  return { url: `http://127.0.0.1:${port}${server.path}`, close: () => endGroup(child) }
}

async function listens(child: ChildProcess, port: number): Promise<boolean> {
  for (const end = Date.now() + 30_000; Date.now() < end && child.exitCode === null; await delay(50))
    if (await connects(port)) return true
  return false
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const done = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', () => done(true)).once('error', () => done(false))
  })
}
