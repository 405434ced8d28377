import {
  defineCheck,
  everyLog,
  harmlessCalls,
  loggingSession,
  needLastingLevel,
  ownLogs,
  severity,
} from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'With the level set to emergency no lesser log message comes',
  requirement: 'logging-level-respected',
  needs: ['capability:logging'],
  callsTools: true,
  hint: 'Keep the level of each session and compare by severity (the order of the eight names), not by name.',
  async run(client) {
    needLastingLevel(client)
    const control = everyLog(client)
    const session = await loggingSession(client, 'emergency')
    const before = (await ownLogs(client, session)).length
    await harmlessCalls(client, session)
    // Also who connects anew is told no more than was asked for.
    if (client.facts.getStream) await session.get()
    await client.pause(50)
    if ((await control).length === 0) notTestable('no log message was seen: name a tool that logs')
    const logs = (await ownLogs(client, session)).slice(before)
    const lesser = logs.find((message) => severity(message) < 7)
    expect(!lesser, 'a lesser message came after the level had been set to emergency', 'emergency only', lesser)
  },
  fault: {
    request(request) {
      if (request.message?.method !== 'logging/setLevel') return undefined
      return { ...request, body: JSON.stringify({ ...request.message, method: 'ping', params: {} }) }
    },
  },
})
