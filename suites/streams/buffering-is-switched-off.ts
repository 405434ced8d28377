import { defineCheck, repliesOf } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Event streams say X-Accel-Buffering: no',
  requirement: 'sse-x-accel-buffering',
  needs: ['modern'],
  hint: 'Set the header on every event stream, calls and subscriptions alike: without it nginx holds events back.',
  async run(client) {
    const survey = await client.survey()
    const { listening, steps } = survey
    const streams = [...new Set([...repliesOf(survey), ...(listening ? [listening.reply] : [])])].filter(
      (reply) => reply.isStream,
    )
    if (streams.length === 0) notApplicable('the server sent no event stream')
    for (const reply of streams) {
      const method = steps.find((step) => step.reply === reply)?.method ?? 'subscriptions/listen'
      const value = reply.header('x-accel-buffering')
      expect(value?.toLowerCase() === 'no', `the event stream of ${method} may be buffered`, 'no', value)
    }
  },
  fault: {
    reply(reply, { message }) {
      if (message?.method !== 'subscriptions/listen') return undefined
      const { 'x-accel-buffering': _, ...headers } = reply.headers
      return { ...reply, headers }
    },
  },
})
