import { defineCheck, levelledRequests, logLevels, mistakesLevel, severity } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'No log message is below the level that its request set',
  requirement: 'logging-meta-level-respected',
  needs: ['modern', 'tool', 'capability:logging'],
  hint: 'Compare by severity (the order of the eight names), and per request: calls with other levels run at the same time.',
  async run(client) {
    const requests = await levelledRequests(client)
    if (requests.length === 0) notTestable('no named tool sends log messages on the stream of its call')
    for (const { method, level, logs } of requests) {
      if (level === undefined) continue
      const lesser = logs.find((log) => severity(log) >= 0 && severity(log) < logLevels.indexOf(level as never))
      expect(!lesser, `a lesser message came for ${method} with the level ${level}`, `${level} or above`, lesser)
    }
  },
  fault: mistakesLevel((level) => level && 'debug'),
})
