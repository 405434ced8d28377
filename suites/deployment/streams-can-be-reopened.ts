import { defineCheck, type Fault, json } from '../../src/conformance/check.js'
import { assume, describe, expect, expectResult } from '../../src/conformance/expect.js'

/** When a client comes back, in ms after it lost its stream. */
const returns = [0, 250, 1000]

export default defineCheck({
  title: 'A client that lost its event stream can open it again',
  requirement: 'advice-streams-reopen',
  needs: ['session', 'get-stream'],
  hint: 'Let a new GET take the place of the stream whose client has gone, and notice closed connections: "Only one SSE stream is allowed per session" locks clients out after every drop.',
  async run(client) {
    const session = await client.open({ fresh: true })
    const first = await session.get()
    assume(first.status === 200 && first.isStream, 'GET opens a stream', first)
    first.close()
    let again = first
    for (const ms of returns) {
      if (ms > 0) await client.pause(ms)
      again = await session.get()
      const open = again.status === 200 && again.isStream && !again.ended
      again.close()
      if (open) break
    }
    expect(
      again.status === 200 && again.isStream,
      'the stream could not be opened again after its connection was dropped',
      'HTTP 200',
      describe(again),
    )
    expectResult(await session.request('ping'), 'a ping after the stream was dropped')
  },
  fault: (): Fault => {
    const taken = new Set<string>()
    return {
      request({ method, headers }) {
        const id = headers['mcp-session-id']
        if (method !== 'GET' || !id) return undefined
        if (taken.has(id))
          return json(409, {
            jsonrpc: '2.0',
            id: null,
            error: { code: -32000, message: 'Conflict: Only one SSE stream is allowed per session' },
          })
        taken.add(id)
        return undefined
      },
    }
  },
})
