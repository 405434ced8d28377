import { defineCheck, needRequestChannel, requestsIn, serverAsks } from '../../src/conformance/check.js'
import { assume, expectEqual, notApplicable } from '../../src/conformance/expect.js'

const capabilities = { roots: { listChanged: true }, sampling: {}, elicitation: {} }

export default defineCheck({
  title: 'The server sends no request but ping before notifications/initialized',
  requirement: 'lifecycle-no-early-server-requests',
  hint: 'Ask for roots or anything else in the handler of notifications/initialized, not in that of initialize.',
  async run(client) {
    needRequestChannel(client)
    if (client.facts.transport === 'streamable-http' && !client.facts.sessions)
      notApplicable('a server without sessions cannot tell whether initialized came')
    const session = await client.open({ capabilities, initialized: false })
    assume(session.opening.response?.result !== undefined, 'initialize is answered', session.opening)
    if (client.facts.getStream) await session.get()
    await session.request('ping')
    await client.pause(250)
    const early = requestsIn(session).filter((method) => method !== 'ping')
    expectEqual(early, [], 'the list of requests the server sent before notifications/initialized')
  },
  fault: () => serverAsks('roots/list', 'ping'),
})
