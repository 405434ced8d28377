import {
  defineCheck,
  firstLoggingTool,
  logged,
  loggingSession,
  logLevels,
  needLastingLevel,
  ownLogs,
  severity,
} from '../../src/conformance/check.js'
import { advise, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Messages of the level that was set still come, those just below it do not, and lowering it brings them back',
  requirement: 'logging-level-respected',
  needs: ['capability:logging', 'tool'],
  hint: 'Compare severities with >=, in the order debug < info < notice < warning < error < critical < alert < emergency.',
  async run(client) {
    needLastingLevel(client)
    const { tool, seen } = await firstLoggingTool(client)
    const session = await loggingSession(client, 'debug')
    const logsAt = async (level: number) => {
      await session.request('logging/setLevel', { level: logLevels[level] })
      const before = (await ownLogs(client, session)).length
      await session.request('tools/call', { ...tool })
      return (await logged(client, session, (message) => severity(message) === level, before)).map(severity)
    }
    for (const level of seen.slice(0, 3)) {
      const above = await logsAt(Math.min(level + 1, 7))
      const below = level < 7 && above.some((one) => one <= level)
      expect(
        !below,
        `a message came below the level ${logLevels[level + 1]}`,
        'nothing below the level',
        above.map((one) => logLevels[one]),
      )
      const same = await logsAt(level)
      expect(
        same.every((one) => one >= level),
        `a message came below the level ${logLevels[level]}`,
        'nothing below the level',
        same.map((one) => logLevels[one]),
      )
      advise(
        same.includes(level),
        `messages of the level that was set are left out`,
        logLevels[level],
        same.map((one) => logLevels[one]),
      )
    }
  },
  fault: {
    request(request) {
      const level = logLevels.indexOf(request.message?.params?.level)
      if (request.message?.method !== 'logging/setLevel' || level < 1) return undefined
      return { ...request, body: JSON.stringify({ ...request.message, params: { level: logLevels[level - 1] } }) }
    },
  },
})
