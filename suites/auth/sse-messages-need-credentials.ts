import {
  defineCheck,
  intruders,
  isResponse,
  letIn,
  notification,
  request,
  signedIn,
} from '../../src/conformance/check.js'
import { expect, expectRefused } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Messages posted to an HTTP+SSE connection without good credentials are refused and not carried out',
  requirement: 'tools-access-controlled',
  needs: ['auth', 'credentials', 'legacy-sse'],
  hint: 'The session id in the message URL is no credential: the POST route needs the same guard as the GET route, before the message is handed on.',
  async run(client) {
    const session = await signedIn(client)
    for (const { name, identity } of intruders(client)) {
      for (const message of [
        request('ping'),
        request('tools/list'),
        request('tools/call', { name: client.canary() }),
        notification('notifications/initialized'),
      ]) {
        const reply = await session.post(message, {}, { identity })
        expectRefused(reply, `${message.method} posted ${name}`)
      }
    }
    await client.pause(100)
    const asked = session.received.filter(({ message }) => isResponse(message))
    expect(
      asked.length <= 1,
      'a refused message was answered on the stream',
      'nothing but the answer to initialize',
      asked.at(-1)?.message,
    )
  },
  fault: letIn(
    (request, shown) => shown === undefined && request.method === 'POST' && request.message?.method === 'ping',
  ),
})
