import { defineCheck, instead, json, type Reply } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

function judge(stream: Reply, when: string): void {
  stream.close()
  assume(![0, 401, 403, 429, 502, 503, 504].includes(stream.status), `GET ${when} reaches the server`, stream)
  const good = stream.status === 405 || (stream.status === 200 && stream.isStream)
  expect(
    good,
    `GET ${when} must open an event stream or be refused with 405`,
    'HTTP 200 text/event-stream or HTTP 405',
    describe(stream),
  )
}

export default defineCheck({
  title: 'GET opens an event stream or is refused with 405',
  requirement: 'transport-get-sse-or-405',
  needs: ['streamable'],
  hint: 'If you offer no stream of your own, answer GET with 405 and Allow: POST; clients take anything else for a fault.',
  async run(client) {
    const spoken = client.facts.revisions.filter((one) => one >= '2025-03-26')
    const sessions = await Promise.all(spoken.map((revision) => client.open({ revision })))
    for (const session of sessions) {
      assume(session.opening.response?.result !== undefined, 'initialize is answered', session.opening)
      judge(await session.get(), `in a session of ${session.revision}`)
    }
    const used = await client.open()
    const control = await used.request('ping')
    assume(control.response?.result !== undefined, 'ping is answered', control)
    judge(await used.get({ accept: 'text/event-stream, */*;q=0.1' }), 'after a request')
  },
  fault: instead(
    (request) => request.method === 'GET',
    () => json(200, { name: 'weather', status: 'ok' }),
  ),
})
