import {
  callWithProgress,
  defineCheck,
  numbered,
  type Reply,
  replayed,
  resumeFrom,
} from '../../src/conformance/check.js'
import { expect, notApplicable, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A client that loses its stream again during a replay can resume from the ids it saw there',
  requirement: 'sse-event-id-encodes-stream',
  needs: ['sse-answers', 'get-stream', 'tool'],
  hint: 'Replay events under the ids they had; where a replay gives new ones, store those too.',
  async run(client) {
    const { toolCalls } = await client.survey()
    const call = toolCalls.find(
      ({ reply }) => numbered(reply).length > 1 && reply.events.filter(({ id }) => id).length > 2,
    )
    if (!call) notTestable('name a tool that reports progress: no call was answered by several events with ids')
    const session = await client.open()
    let [lost, last]: (Reply | undefined)[] = []
    for (let attempt = 0; attempt < 3; attempt++) {
      const reply = await callWithProgress(session, call.tool)
      const from = async (id: string | undefined) => (id ? resumeFrom(session, id) : undefined)
      const again = await from(reply.events.find(({ id }) => id)?.id)
      const [known, seen] = [numbered(reply), again ? numbered(again) : []].map((events) => events.at(-2)?.id)
      if (!again || replayed(again).length === 0 || !seen) continue
      // Ids that stay as they were lead on as well as the first ones did, which other checks judge.
      if (reply.events.some(({ id }) => id === seen)) return
      const control = await from(known)
      if (!control || replayed(control).length === 0) continue
      last = again
      lost = await from(seen)
      if (lost && replayed(lost).length > 0) return
    }
    if (!lost || !last) notApplicable('the server does not replay what followed an event')
    const what = 'the server does not know the new ids that its replay gave, though it knows those it gave at first'
    expect(false, what, 'the rest of the stream', { status: lost.status, ids: numbered(last).map(({ id }) => id) })
  },
  fault: () => {
    let count = 0
    return {
      event: (event, { request: { headers } }) =>
        headers['last-event-id'] && event.id ? { ...event, id: `again-${++count}` } : undefined,
    }
  },
})
