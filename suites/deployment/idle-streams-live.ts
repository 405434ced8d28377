import { defineCheck, type Fault } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

const holdMs = 45_000

export default defineCheck({
  title: 'An idle event stream lives for 45 seconds',
  requirement: 'advice-idle-streams-live',
  needs: ['get-stream'],
  slow: true,
  hint: 'Send a comment (": keep-alive") every 15 s and raise the read timeout of every proxy: known ceilings are 30 s (API Gateway), 60 s (nginx, ALB), 100 to 125 s (Cloudflare), 300 s (Railway).',
  async run(client) {
    const session = await client.open({ fresh: true })
    const reply = await session.get({}, { timeoutMs: holdMs + 5000 })
    assume(reply.status === 200 && reply.isStream, 'GET opens a stream', reply)
    await reply.until(() => false, holdMs)
    const { ended, at } = reply
    const seconds = Math.round((at.end ?? holdMs) / 1000)
    reply.close()
    expect(!ended, `the idle stream was cut after ${seconds} s (${ended})`, 'a stream that stays open', `${seconds} s`)
  },
  fault: (): Fault => ({
    request: ({ method, headers }) =>
      method === 'GET' && /event-stream/.test(headers.accept ?? '')
        ? { status: 200, headers: { 'content-type': 'text/event-stream' }, body: ': hello\n\n' }
        : undefined,
  }),
})
