import { defineCheck, type FaultRequest, replayed, replays, request, resumeFrom } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'An event id leads the server back to the stream it came from',
  requirement: 'sse-event-id-encodes-stream',
  needs: ['sse-answers', 'get-stream'],
  async run(client) {
    const session = await client.open()
    if (!(await replays(session))) notApplicable('the server does not replay events')
    let onlyTheNewest = 0
    for (let round = 0; round < 3; round++) {
      const messages = [request('ping'), request('tools/list'), request('ping')]
      const seen: unknown[] = []
      for (const reply of await Promise.all(messages.map((message) => session.post(message)))) {
        const first = reply.events.find((event) => event.id && event.data === '')?.id
        if (!first) notApplicable('no event precedes the response, so nothing can be replayed from it')
        seen.push(replayed(await resumeFrom(session, first))[0]?.id ?? null)
      }
      const asked = messages.map((message) => message.id)
      if (seen.every((id) => id === null)) continue
      const strayed = seen.some((id, index) => id !== null && id !== asked[index])
      expect(!strayed, 'a resumed stream went on with the response of another', asked, seen)
      // Replay may be lossy by chance: that nothing but the newest stream is ever found again is no chance.
      const newest = asked.at(-1)
      if (!seen.every((id) => id === null || id === newest)) return
      onlyTheNewest++
    }
    expect(onlyTheNewest < 3, 'only the newest stream of a session can be resumed', 'each stream by its own event ids')
  },
  fault: () => {
    const last = new Map<string | undefined, string>()
    const session = (request: FaultRequest) => request.headers['mcp-session-id']
    return {
      event: (event, { channel, request }) =>
        void (channel === 'post-stream' && event.id && event.data === '' && last.set(session(request), event.id)),
      request(request: FaultRequest) {
        const other = last.get(session(request))
        return request.headers['last-event-id'] && other
          ? { ...request, headers: { ...request.headers, 'last-event-id': other } }
          : undefined
      },
    }
  },
})
