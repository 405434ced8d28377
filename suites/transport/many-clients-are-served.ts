import { defineCheck, isResponse, onError, request } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A dozen clients at once are all served, each with its own answers',
  requirement: 'transport-multiple-clients',
  hint: 'Create server and transport per session (per request when stateless); one shared transport mixes up clients that use the same ids.',
  async run(client) {
    const sessions = await Promise.all(Array.from({ length: client.crowd(12) }, () => client.open({ fresh: true })))
    for (const { opening } of sessions) {
      assume(![429, 503].includes(opening.status), 'the server takes a dozen clients', opening)
      expect(
        opening.response?.result !== undefined,
        'every one of a dozen simultaneous clients must be let in',
        'a result',
        describe(opening),
      )
    }
    const names = sessions.map(() => client.canary())
    const id = client.canary('same-id')
    const replies = await Promise.all(
      sessions.map((session, index) => session.post(request('tools/call', { name: names[index], arguments: {} }, id))),
    )
    await client.pause(50)
    for (const [index, session] of sessions.entries()) {
      const reply = replies[index]!
      assume(![429, 503].includes(reply.status), 'the server takes a dozen requests at once', reply)
      expect(
        reply.response !== undefined,
        'each of a dozen simultaneous clients must get its answer',
        'a response',
        describe(reply),
      )
      const heard = session.received.filter(({ message }) => isResponse(message) && message.id === id)
      const said = JSON.stringify([...session.received, ...session.strays].map((one) => one.message))
      const foreign = names.find((name, other) => other !== index && said.includes(name))
      expect(
        foreign === undefined && heard.length <= 1,
        "a client received another client's answer",
        names[index],
        heard.map((one) => one.message),
      )
    }
  },
  fault: () => {
    let last = ''
    return onError((error, _message, { call }) => {
      const mixed = { ...error, message: `Unknown tool: ${last || call?.params.name}` }
      last = call?.params.name
      return mixed
    }, 'tools/call')
  },
})
