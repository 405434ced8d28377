import { closedCall, defineCheck } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Nothing comes for a call whose stream was closed, on any other stream',
  requirement: 'cancellation-close-no-messages',
  needs: ['modern', 'tool'],
  alone: true,
  hint: 'What cannot be written to the stream of its request is dropped: never send it on another stream or a subscription.',
  async run(client) {
    const { strays, tool } = await closedCall(client)
    expect(strays.length === 0, `messages for a closed call of ${tool.name} came elsewhere`, 'silence', strays[0])
  },
  fault() {
    const gone = new Set<unknown>()
    return {
      hangup({ message }) {
        gone.add(message?.params?._meta?.progressToken)
        return message?.method === 'tools/call' ? 'unnoticed' : undefined
      },
      message(message, { streams }) {
        if (message.method !== 'notifications/progress' || !gone.has(message.params?.progressToken)) return undefined
        for (const stream of streams) stream.send({ data: JSON.stringify(message) })
        return null
      },
    }
  },
})
