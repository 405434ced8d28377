import { defineCheck, expectErrorCode, servesRefused } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'logging/setLevel with a level that does not exist yields error -32602',
  requirement: 'logging-invalid-level-32602',
  needs: ['capability:logging'],
  hint: 'Compare with the eight names as they stand in the spec; "warn", "trace" and "ERROR" are not among them.',
  async run(client) {
    for (const level of [client.canary(), 'warn', 'trace', 'fatal', 'ERROR', '']) {
      expectErrorCode(
        await client.request('logging/setLevel', { level }),
        -32602,
        `logging/setLevel ${JSON.stringify(level)}`,
      )
    }
  },
  fault: servesRefused('logging/setLevel', () => ({})),
})
