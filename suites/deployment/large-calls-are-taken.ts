import { defineCheck, instead, json } from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

/** More than the 100 kB at which body parsers stop by default. */
const bytes = 150_000

export default defineCheck({
  title: 'A call of 150 kB reaches the server',
  requirement: 'advice-large-calls',
  needs: ['streamable', 'capability:tools'],
  hint: "The first body parser decides: express.json({ limit: '10mb' }) before any helper that installs its own (nginx: client_max_body_size). Documents and images in arguments soon exceed 100 kB.",
  async run(client) {
    const params = { name: client.canary(), arguments: { padding: 'x'.repeat(bytes) } }
    const reply = await client.request('tools/call', params)
    expect(
      reply.status !== 413,
      'a call of 150 kB was refused for its size',
      'an answer of the server',
      describe(reply),
    )
  },
  fault: instead(
    ({ body }) => body.length > 100_000,
    () => json(413, { error: 'request entity too large' }),
  ),
})
