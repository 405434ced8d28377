import { ableCalls, defineCheck, isServerRequest } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The server sends no requests of its own on any stream',
  requirement: 'mrtr-no-server-requests',
  needs: ['modern'],
  last: true,
  hint: 'Nobody can answer them: ask in the result of a call, as InputRequiredResult, and drop keep-alive pings.',
  async run(client) {
    const { received } = await client.survey()
    const toAble = (await ableCalls(client)).flatMap(({ reply }) => reply.messages)
    const asked = [...received.map(({ message }) => message), ...toAble].find(isServerRequest)
    expect(!asked, `the server sent a request: ${asked?.method}`, 'results and notifications only', asked)
  },
  fault: {
    message(message, { call, channel, streams }) {
      if (call?.method !== 'tools/call' || !('result' in message)) return undefined
      const question = { jsonrpc: '2.0', id: 'asked', method: 'roots/list' }
      if (channel === 'post-stream') return [question, message]
      const subscription = streams.find(({ request }) => request.message?.method === 'subscriptions/listen')
      subscription?.send({ data: JSON.stringify(question) })
      return undefined
    },
  },
})
