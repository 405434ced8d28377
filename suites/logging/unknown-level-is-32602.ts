import { defineCheck, eachServed, expectErrorCode, logLevels, mistakesLevel } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A request whose _meta names a log level that does not exist is refused with -32602',
  requirement: 'logging-invalid-meta-level-32602',
  needs: ['capability:logging'],
  hint: 'Compare with the eight names as they stand in the spec; "warn", "trace" and "ERROR" are not among them.',
  async run(client) {
    const judge = (level: unknown, methods?: RegExp) =>
      eachServed(
        client,
        { meta: { logLevel: level } },
        (reply, method) => expectErrorCode(reply, -32602, `${method} with the log level ${JSON.stringify(level)}`),
        methods,
      )
    await judge(client.canary())
    for (const level of ['warn', 'ERROR', '', 7]) await judge(level, /^server\/discover$/)
  },
  fault: mistakesLevel((level) => (logLevels.some((one) => one === level) || level === undefined ? level : 'info')),
})
