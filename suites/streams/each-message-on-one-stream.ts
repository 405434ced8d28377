import {
  atOnceMs,
  copiedAmong,
  defineCheck,
  knownTools,
  type Reply,
  request,
  type Session,
  watchableUris,
} from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Each message is sent on exactly one of the open streams',
  requirement: 'sse-no-broadcast',
  needs: ['get-stream'],
  callsTools: true,
  hint: 'Pick one stream per message: the one of the request it belongs to, else one GET stream.',
  async run(client) {
    const session = await client.open()
    if (client.facts.capabilities.logging) await session.request('logging/setLevel', { level: 'debug' })
    const gets = [await session.get(), await session.get()].filter((stream) => stream.isStream)
    if (client.facts.capabilities.resources?.subscribe)
      for (const uri of (await watchableUris(client)).slice(0, 5)) await session.request('resources/subscribe', { uri })
    await ping(session)
    // What came while only one of them was open had no choice between them.
    const since = performance.now()
    const tools = (await knownTools(client)).filter((tool) => tool.ms <= 1000)
    const calls = () =>
      tools.map(({ name, arguments: args }) => {
        return { name, arguments: args, _meta: { progressToken: client.canary('token') } }
      })
    const alone: Reply[] = []
    for (const call of calls()) {
      alone.push(await session.request('tools/call', call))
      await client.pause(2 * atOnceMs)
    }
    alone.push(await session.request('tools/list'))
    const together = await Promise.all([...calls().map((call) => session.request('tools/call', call)), ping(session)])
    await client.pause(100)
    const heard = [...gets, ...alone, ...together].filter((reply) => reply.isStream)
    const open = heard.filter(({ started, at }) => started + (at.end ?? Number.POSITIVE_INFINITY) > since)
    if (open.length < 2 || heard.every(({ messages }) => messages.length === 0))
      notApplicable('no message came while several streams were open')
    const copied = copiedAmong({ heard, gets, alone, since })
    expect(!copied, 'the same message came on several streams', 'one stream per message', copied)
  },
  fault: {
    message(message, { channel, streams, request }) {
      if (channel === 'get-stream') return undefined
      for (const stream of streams) if (stream.request !== request) stream.send({ data: JSON.stringify(message) })
      return undefined
    },
  },
})

function ping(session: Session): Promise<Reply> {
  return session.post(request('ping'))
}
