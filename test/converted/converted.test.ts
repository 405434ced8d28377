import { describe, expect, it } from 'vitest'
import { checkCommand } from '../../src/commands/check.js'
import { parityCommand } from '../../src/commands/parity.js'
import type { Terminal } from '../../src/commands/terminal.js'
import type { Run } from '../../src/report/run.js'
import { apiKey, type ConvertedServer, convertedServers, credentials, startConverted } from './servers.js'

const tool = ['get_temperature={"city":"Oslo"}', 'get_forecast={"city":"Oslo","days":2}']

/** Runs something on a conversion that was just started: some serve one request only. */
async function on(
  server: ConvertedServer,
  work: (url: string, terminal: Terminal) => Promise<number>,
  token?: string,
): Promise<Run> {
  const running = await startConverted(server)
  const said: string[] = []
  const terminal: Terminal = {
    out: (text) => void said.push(text),
    err: () => {},
    columns: 80,
    color: false,
    live: false,
    env: { ...process.env, ...(token ? { CONVERTED_TOKEN: token } : {}) },
    cwd: process.cwd(),
    signal: new AbortController().signal,
  }
  try {
    const code = await work(running.url, terminal)
    const run: Run = JSON.parse(said.join(''))
    expect(run.verdict.exitCode).toBe(code)
    return run
  } finally {
    await running.close()
  }
}

function check(server: ConvertedServer, suite: string, token?: string): Promise<Run> {
  const flags = { suite, json: true, ...(token ? { tokenEnv: 'CONVERTED_TOKEN' } : {}) }
  return on(server, (url, terminal) => checkCommand(url, flags, terminal), token)
}

/** What a check found: without a handshake there are no sessions, and it does not apply. */
function statusOf(run: Run, id: string): string | undefined {
  const found = run.results.filter((result) => result.id === id).map(({ outcome }) => outcome.status)
  return found.find((status) => status !== 'not-applicable')
}

describe('conversions that do what the original does', () => {
  it.each<[keyof typeof convertedServers, string?]>([
    ['http'],
    ['stateless'],
    ['mounted'],
    ['apiKey', apiKey],
    ['credentials', credentials],
    ['sessionMap'],
    ['statelessExpress'],
  ])('%s', async (key, token) => {
    const server = convertedServers[key]
    const flags = { stdio: server.original, tool, json: true, ...(token ? { tokenEnv: 'CONVERTED_TOKEN' } : {}) }
    const run = await on(server, (url, terminal) => parityCommand(url, flags, terminal), token)
    expect(run.parities?.[0]?.differences).toEqual([])
    expect(run.verdict.exitCode).toBe(0)
    expect(run.parities?.[0]?.document.tools).toHaveProperty('get_forecast')
  })
})

describe('what does not work as guides print it is one headline with the fix', () => {
  it('Express with one transport and the body parsed before it', async () => {
    const { verdict, results } = await check(convertedServers.oneTransport, 'initialize')
    expect(verdict.exitCode).toBe(4)
    expect(verdict.sentence).toContain('A body parser has read the message')
    expect(verdict.sentence).toContain('transport.handleRequest(req, res, req.body)')
    expect(results).toEqual([])
  })

  it('Express with one transport', async () => {
    const { verdict } = await check(convertedServers.oneTransportBody, 'initialize')
    expect(verdict.exitCode).toBe(4)
    expect(verdict.sentence).toContain('One stateless transport serves all requests')
    expect(verdict.sentence).toContain('new Server and new StreamableHTTPServerTransport in every request handler')
  })

  it('FastAPI without the lifespan of the app it mounts', async () => {
    const { verdict } = await check(convertedServers.forgetful, 'initialize')
    expect(verdict.exitCode).toBe(4)
    expect(verdict.sentence).toContain('FastAPI(lifespan=mcp_app.lifespan)')
  })
})

it('the session map answers an ended session with 400', async () => {
  const run = await check(convertedServers.sessionMap, 'session')
  expect(run.verdict.exitCode).toBe(1)
  const failed = run.results.filter(({ outcome }) => outcome.status === 'fail')
  expect(failed.map(({ id }) => id)).toContain('session/terminated-is-404')
  for (const { outcome } of failed) expect(outcome.actual).toMatch(/^HTTP 400 /)
})

it('a browser does not see the session id where CORS does not expose it', async () => {
  const [shown, hidden] = await Promise.all(
    [convertedServers.cors, convertedServers.corsHidden].map((server) => check(server, 'browser')),
  )
  const id = 'browser/session-id-is-exposed'
  expect([statusOf(shown!, id), statusOf(hidden!, id)]).toEqual(['pass', 'warn'])
})
