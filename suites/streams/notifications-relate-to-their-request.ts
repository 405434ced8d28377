import { changeKinds, defineCheck, isNotification, listeningRun } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

const progress = 'notifications/progress'
const ofSubscriptions: readonly unknown[] = [
  ...changeKinds.map(({ method }) => method),
  'notifications/subscriptions/acknowledged',
]

export default defineCheck({
  title: 'Notifications on the stream of a request belong to that request',
  requirement: 'sse-notifications-relate',
  needs: ['modern', 'tool'],
  hint: 'Write to the stream of the request at hand: changes go to subscriptions, and progress to the call with its token.',
  async run(client) {
    const { steps, toolCalls } = await client.survey()
    const { calls } = await listeningRun(client)
    const tokens = new Map<unknown, unknown>([...calls, ...toolCalls].map((one) => [one.reply, tokenOf(one)]))
    const streams = [...new Set([...steps, ...calls].map(({ reply }) => reply))].filter((reply) => reply.isStream)
    let notified = false
    for (const reply of streams) {
      for (const message of reply.messages.filter(isNotification)) {
        notified = true
        const change = ofSubscriptions.includes(message.method)
        expect(!change, `${message.method} came on the stream of a request`, 'on subscriptions only', message)
        const token = message.method === progress ? message.params?.progressToken : tokens.get(reply)
        expect(token === tokens.get(reply), 'progress came on the stream of another request', tokens.get(reply), token)
      }
    }
    if (!notified) notApplicable('no notification came on the stream of a request')
  },
  fault: {
    message(message, { streams, request, channel }) {
      const other = streams.find(
        (stream) => stream.request !== request && stream.request.message?.method === 'tools/call',
      )
      if (channel !== 'post-stream' || message.method !== progress || !other) return undefined
      other.send({ data: JSON.stringify(message) })
      return null
    },
  },
})

function tokenOf(call: { token: unknown } | { progressToken: unknown }): unknown {
  return 'token' in call ? call.token : call.progressToken
}
