import { defineCheck, onReply, toldResponses } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Notifications and responses that cannot be accepted get an error status, never 200',
  requirement: 'transport-unaccepted-message-error',
  needs: ['streamable'],
  hint: 'Answer 202 if you ignore such a message and 4xx if you refuse it; a JSON-RPC error with HTTP 200 is an answer nobody asked for.',
  async run(client) {
    const told = await toldResponses(client)
    const unfit: [string, Record<string, unknown>][] = [
      ['notifications/cancelled', {}],
      ['notifications/cancelled', { requestId: { not: 'an id' } }],
      ['notifications/progress', { progress: 'much' }],
    ]
    for (const [method, params] of unfit)
      told.push({ what: `${method} with unfit params`, reply: await client.notify(method, params) })
    for (const params of ['text', 7, []])
      told.push({
        what: `notifications/initialized with the params ${JSON.stringify(params)}`,
        reply: await client.post({ jsonrpc: '2.0', method: 'notifications/initialized', params }),
      })
    for (const { what, reply } of told) {
      assume(reply.status !== 0 && reply.status !== 429, `an HTTP answer to ${what} arrived`, reply)
      expect(
        reply.status === 202 || reply.status >= 400,
        `${what} must be taken with 202 or refused with an error status`,
        'HTTP 202 or 4xx',
        describe(reply),
      )
    }
  },
  fault: onReply(
    (request) => request.message?.method === 'notifications/progress',
    (reply) => ({
      ...reply,
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params"}}',
    }),
  ),
})
