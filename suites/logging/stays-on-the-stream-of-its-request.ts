import {
  alsoOnSubscriptions,
  defineCheck,
  deliveredOn,
  everyLog,
  everySubscription,
  levelledRequests,
  tagged,
} from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

const log = 'notifications/message'

export default defineCheck({
  title: 'Log messages come on the stream of the request that asked for them, and on no other',
  requirement: 'logging-own-stream-only',
  needs: ['modern', 'tool', 'capability:logging'],
  hint: 'Send a log message through the request it belongs to: not on subscriptions, and not on whatever stream is open.',
  async run(client) {
    for (const message of (await everySubscription(client)).flatMap(deliveredOn))
      expect(message.method !== log, 'a log message came on a subscription', 'changes only', message)
    for (const { method, logs } of await levelledRequests(client))
      expect(method === 'tools/call' || logs.length === 0, `a log message came for ${method}`, 'silence', logs[0])
    if ((await everyLog(client)).length === 0) notTestable('no log message was seen: name a tool that logs')
  },
  fault: alsoOnSubscriptions((listen, call) =>
    call.params?._meta?.['io.modelcontextprotocol/logLevel']
      ? tagged(listen, log, { level: 'info', data: 'called' })
      : undefined,
  ),
})
