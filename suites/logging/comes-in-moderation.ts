import { defineCheck, isObject, withoutTokens } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

/** More messages than this within one second are a flood. */
const most = 200

export default defineCheck({
  title: 'Log messages are rate limited: a few calls do not flood the client',
  requirement: 'logging-rate-limited',
  needs: ['capability:logging'],
  hint: 'Drop or sum up what comes more often than some ten times a second.',
  async run(client) {
    const sessions = [(await client.survey()).received, await withoutTokens(client)]
    const counts = sessions.flatMap((received) => {
      const times = received.flatMap(({ message, at }) =>
        isObject(message) && message.method === 'notifications/message' ? [at] : [],
      )
      return times.map((from, at) => times.slice(at).filter((time) => time < from + 1000).length)
    })
    if (counts.length === 0) notTestable('no log message was seen: name a tool that logs')
    const busiest = Math.max(0, ...counts)
    expect(busiest <= most, `${busiest} log messages came within one second`, `at most ${most}`, busiest)
  },
  fault: {
    message: (message) =>
      message.method === 'notifications/message' ? Array.from({ length: 300 }, () => message) : undefined,
  },
})
