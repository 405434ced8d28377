import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { assess } from '../../src/conformance/assess.js'
import type { LoadedCheck } from '../../src/conformance/check.js'
import { loadChecks } from '../../src/conformance/registry.js'
import type { Result } from '../../src/report/run.js'
import { goodResult } from '../hostile/mcp.js'
import { bounds, bytes, seed } from './seed.js'

/** What a server answers: a status, a head and a body of any bytes; `hang` leaves the answer open. */
const answers = fc.record({
  status: fc.constantFrom(200, 200, 200, 202, 204, 301, 400, 401, 404, 429, 500, 599),
  type: fc.constantFrom('application/json', 'text/event-stream', 'text/html', '', 'a;b;c'),
  session: fc.option(fc.stringMatching(/^[!-~]{1,20}$/)),
  body: bytes,
  hang: fc.boolean(),
})
type Answer = typeof answers extends fc.Arbitrary<infer T> ? T : never

/** A server's whole behaviour: whether its handshake is good, and what it answers to all else, in turn. */
const servers = fc.record({ greets: fc.boolean(), answers: fc.array(answers, { minLength: 1, maxLength: 8 }) })

let behaviour: { greets: boolean; answers: Answer[] }
let turn = 0
let server: Server
let checks: LoadedCheck[]

beforeAll(async () => {
  server = createServer(async (incoming, answer) => {
    const parts: Buffer[] = []
    for await (const part of incoming) parts.push(part as Buffer)
    const message = jsonOf(Buffer.concat(parts).toString())
    if (behaviour.greets && message?.method === 'initialize') {
      const result = goodResult({ method: 'initialize', message })
      return void answer
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result }))
    }
    give(behaviour.answers[turn++ % behaviour.answers.length]!, answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const all = (await loadChecks()).filter(({ slow }) => !slow)
  // Every twentieth: each suite has some, and a run takes a second.
  checks = all.filter((_, at) => at % 20 === 0)
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function jsonOf(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function give({ status, type, session, body, hang }: Answer, answer: ServerResponse): void {
  answer.writeHead(status, {
    ...(type ? { 'content-type': type } : {}),
    ...(session ? { 'mcp-session-id': session } : {}),
  })
  if (status === 204) return void answer.end()
  if (hang) answer.write(body)
  else answer.end(body)
}

it(`whatever bytes a server answers: one result per check, none of them our own trouble, in time (seed ${seed})`, {
  timeout: 240_000,
}, async () => {
  const maxMs = 1500
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`
  await fc.assert(
    fc.asyncProperty(servers, async (drawn) => {
      behaviour = drawn
      turn = 0
      const started = performance.now()
      const parts: Result[][] = []
      const judged: number[] = []
      for await (const event of assess(url, checks, { timeoutMs: 60 }, { maxMs })) {
        if (event.type === 'part') parts.push(event.results)
        if (event.type === 'result') judged.push(event.total)
      }
      expect(performance.now() - started).toBeLessThan(maxMs + 8000)
      expect(parts.length).toBeGreaterThan(0)
      expect(parts.flat()).toHaveLength(judged.length)
      for (const results of parts) {
        const ids = results.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
      }
      const broken = parts.flat().filter(({ outcome }) => outcome.message?.startsWith('the check itself broke'))
      expect(broken.map(({ id, outcome }) => [id, outcome.message])).toEqual([])
    }),
    bounds(30),
  )
})
