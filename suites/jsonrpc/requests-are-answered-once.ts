import { defineCheck, isResponse, responsesOf, type Session } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

function expectOnce(session: Session): void {
  const seen = new Map<unknown, unknown>()
  for (const message of responsesOf(session)) {
    if (message.id === undefined || message.id === null) continue
    expect(
      !seen.has(message.id),
      `the request with the id ${JSON.stringify(message.id)} was answered twice`,
      seen.get(message.id),
      message,
    )
    seen.set(message.id, message)
  }
}

export default defineCheck({
  title: 'Each request is answered with exactly one response, over all channels together',
  requirement: 'jsonrpc-version-member',
  hint: 'A handler that answers and then throws, or two listeners on one transport, answer twice.',
  async run(client) {
    expectOnce((await client.survey()).session)
    const session = await client.session()
    const stream = client.facts.getStream ? await session.get() : undefined
    const methods = ['ping', 'gauntlet/unknown', 'tools/list', 'ping']
    await Promise.all(methods.map((method) => session.request(method)))
    await client.pause(60)
    stream?.close()
    expectOnce(session)
  },
  fault: { message: (message) => (isResponse(message) && 'error' in message ? [message, message] : undefined) },
})
