import { defineCheck, logLevels, onAnswer, rpcError } from '../../src/conformance/check.js'
import { expectResult } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'With the logging capability declared each of the eight levels can be set',
  requirement: 'logging-set-level-works',
  needs: ['capability:logging'],
  hint: 'The levels are those of RFC 5424: debug, info, notice, warning, error, critical, alert, emergency.',
  async run(client) {
    for (const level of [...logLevels, 'debug']) {
      expectResult(await client.request('logging/setLevel', { level }), `logging/setLevel ${level}`)
    }
  },
  fault: onAnswer('logging/setLevel', (_, params) => (params.level === 'notice' ? rpcError(-32602) : undefined)),
})
