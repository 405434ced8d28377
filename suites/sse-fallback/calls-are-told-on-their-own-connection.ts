import { callTool, defineCheck, isObject, isResponse, knownTools } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What belongs to a call comes on the connection of its client, though another has connected since',
  requirement: 'progress-known-token',
  needs: ['legacy-sse', 'tool'],
  alone: true,
  hint: 'Send progress and results through the transport of the connection that asked, not through the one that came last.',
  async run(client) {
    const tools = await knownTools(client)
    const [caller, newcomer] = [await client.open({ fresh: true }), await client.open({ fresh: true })]
    const token = client.canary('token')
    const calls = tools.map((tool, at) =>
      callTool(caller, tool.name, tool.arguments, { progressToken: `${token}-${at}` }),
    )
    const replies = await Promise.all(calls)
    assume(
      replies.some((reply) => reply.response !== undefined),
      'a named tool answers',
      replies[0],
    )
    await client.pause(50)
    const overheard = [...newcomer.received, ...newcomer.strays].map(({ message }) => message)
    const foreign = overheard.find(
      (message) =>
        isObject(message) &&
        ((message.method === 'notifications/progress' && String(message.params?.progressToken).startsWith(token)) ||
          (isResponse(message) && replies.some(({ response }) => response?.id === message.id))),
    )
    expect(foreign === undefined, 'a client was told what belongs to the call of another', 'silence', foreign)
  },
  fault: {
    message(message, { streams, request }) {
      const newest = streams.filter((stream) => stream.request.method === 'GET').at(-1)
      if (message.method !== 'notifications/progress' || !newest || newest.request === request) return undefined
      newest.send({ event: 'message', data: JSON.stringify(message) })
      return []
    },
  },
})
