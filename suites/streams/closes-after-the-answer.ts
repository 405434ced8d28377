import { type Client, defineCheck, request } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'An event stream ends once the response has been sent on it',
  requirement: 'sse-closes-after-response',
  needs: ['sse-answers'],
  callsTools: true,
  hint: 'End the response after the last message; a stream left open holds a connection per call until some proxy cuts it.',
  async run(client) {
    const { resources, prompts, steps, session: toured } = await client.survey()
    const lists = new Set(steps.map(({ method }) => method).filter((method) => method.endsWith('/list')))
    const messages = [
      request(client.plainMethod),
      ...[...lists].map((method) => request(method)),
      request('gauntlet/unknown'),
      request('tools/call', { name: client.canary(), arguments: {} }),
      ...client.tools.map((tool) => request('tools/call', { ...tool })),
      ...resources.slice(0, 1).map(({ uri }) => request('resources/read', { uri })),
      ...prompts.slice(0, 1).map(({ name }) => request('prompts/get', { name })),
    ]
    const session = await client.session()
    if (!client.modern && toured.opening.isStream && toured.opening.ended !== 'complete') await openingCloses(client)
    const replies = await Promise.all(messages.map((message) => session.post(message, {}, { lingerMs: 1500 })))
    for (const [index, reply] of replies.entries()) {
      if (!reply.isStream || reply.resumed > 0) continue
      const { method } = messages[index]!
      assume(reply.response !== undefined, `${method} is answered`, reply)
      const message = `the stream of ${method} was still open 1500 ms after its response`
      expect(reply.ended === 'complete', message, 'end of stream', reply.ended)
    }
  },
  fault: { end: (context) => (context.channel === 'post-stream' ? new Promise(() => {}) : undefined) },
})

/** The stream of a handshake that seemed to stay open is looked at for longer. */
async function openingCloses(client: Client): Promise<void> {
  const params = { protocolVersion: client.revision, capabilities: {}, clientInfo: { name: 'gauntlet', version: '1' } }
  const headers = { 'mcp-session-id': null, 'mcp-protocol-version': null }
  const reply = await client.post(request('initialize', params), headers, { lingerMs: 1500 })
  const id = reply.header('mcp-session-id')
  if (id) await client.delete({ 'mcp-session-id': id })
  expect(
    reply.ended === 'complete',
    'the stream of initialize was still open after its response',
    'end of stream',
    reply.ended,
  )
}
