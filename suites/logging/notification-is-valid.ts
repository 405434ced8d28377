import { defineCheck, everyLog } from '../../src/conformance/check.js'
import { expectShape, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Log messages have one of the eight levels, data, and a text as logger',
  requirement: 'schema-log-notification',
  needs: ['capability:logging'],
  hint: 'The level is "warning", not "warn", and what is logged stands in data, not in message.',
  async run(client) {
    const logs = await everyLog(client)
    if (logs.length === 0) notTestable('no log message was seen: name a tool that logs')
    for (const log of logs) expectShape(log, 'LogNotification', client.revision, 'a log message')
  },
  fault: {
    message(message) {
      if (message.method !== 'notifications/message') return undefined
      const { data, ...params } = message.params
      return { ...message, params: { ...params, message: data } }
    },
  },
})
