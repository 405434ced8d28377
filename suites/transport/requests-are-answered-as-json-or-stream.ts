import { defineCheck, onReply, successes } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Requests are answered as application/json or text/event-stream',
  requirement: 'transport-request-content-type',
  needs: ['streamable'],
  atEachRevision: true,
  hint: 'Set Content-Type on every answer to a request, errors included; frameworks default to text/plain or text/html for strings.',
  async run(client) {
    const survey = await client.survey()
    const steps = successes(survey)
    // The statuses of errors are fixed in this revision: what bears the id of its request is no page of a gateway.
    const refused = client.modern ? survey.steps.filter(({ reply }) => !reply.ok && reply.response?.error) : []
    const sessions = await Promise.all(
      (client.brief ? [] : client.facts.revisions).map((revision) => client.open({ revision })),
    )
    for (const session of sessions) {
      const { revision } = session
      steps.push({ label: `the first request at ${revision}`, method: 'initialize', reply: session.opening })
      const reply = await session.request(client.plainMethod)
      steps.push({ label: `${client.plainMethod} at ${revision}`, method: client.plainMethod, reply })
    }
    assume(steps.length > 0, 'requests are answered with success')
    for (const { label, reply } of [...steps.filter((step) => step.reply.ok), ...refused]) {
      const typed = reply.type === 'application/json' || reply.isStream
      expect(
        typed,
        `${label} is answered with the wrong media type`,
        'application/json or text/event-stream',
        describe(reply),
      )
      expect(
        !reply.isStream || !/^\s*[{[]/.test(reply.text),
        `${label} is answered with JSON that is labelled as an event stream`,
        'application/json',
        describe(reply),
      )
    }
  },
  fault: onReply(
    (request) => /^gauntlet|^ping|^tools\/list/.test(request.message?.method as string),
    (reply) => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/plain' } }),
  ),
})
