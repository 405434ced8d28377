import {
  arrived,
  defineCheck,
  json,
  type Message,
  notification,
  plainRequest,
  type Reply,
  responsesOf,
} from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Notifications are never answered, known or unknown ones, nor requests sent without an id',
  requirement: 'jsonrpc-no-reply-to-notification',
  revisions: { first: '2024-11-05' },
  hint: 'A message without an id gets no response, not even an error: decide that before the method is looked up.',
  async run(client) {
    const session = await client.session()
    const stream = client.facts.getStream ? await session.get() : undefined
    const notes = [
      notification('notifications/cancelled', { requestId: client.canary(), reason: 'gauntlet' }),
      notification('notifications/progress', { progressToken: client.canary(), progress: 1 }),
      notification('notifications/roots/list_changed'),
      notification('notifications/gauntlet-unknown'),
      notification('gauntlet/unknown'),
      notification(client.plainMethod),
      notification('tools/call', { name: client.canary(), arguments: {} }),
    ]
    const replies: Reply[] = []
    for (const note of notes) replies.push(await session.post(note))
    const id = client.canary('last')
    const last = await session.request(client.plainMethod, undefined, { id })
    const own = (responses: Message[]) => responses.some((message) => message.id === id && 'result' in message)
    const answered = await arrived(session, own, client.timeoutMs)
    const asked = [session.opening.response?.id, id]
    // A server that cannot accept a notification says so with an HTTP error, whose body may be an error without an id.
    const refused = replies.filter(({ status }) => status >= 400).flatMap(({ messages }) => messages)
    const stray = () =>
      responsesOf(session).find((one) => !asked.includes(one.id) && !('error' in one && refused.includes(one)))
    await arrived(session, () => stray() !== undefined, 100)
    stream?.close()
    expect(stray() === undefined, 'a notification was answered with a response', 'no response', stray())
    assume(answered, 'a ping after the notifications is answered', last)
  },
  fault: {
    reply: (_reply, request) =>
      request.message?.method === 'notifications/gauntlet-unknown'
        ? json(200, { jsonrpc: '2.0', id: null, error: { code: -32601, message: 'Method not found' } })
        : undefined,
    message: (message, { call, channel }) =>
      channel === 'get-stream' && plainRequest.test(String(call?.method))
        ? [{ jsonrpc: '2.0', id: null, error: { code: -32601, message: 'Method not found' } }, message]
        : undefined,
  },
})
