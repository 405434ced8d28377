import { cacheableResults, defineCheck, withHints } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'ttlMs is zero or more',
  requirement: 'caching-ttl-non-negative',
  needs: ['modern'],
  hint: 'Say 0 where a result must not be kept, not -1; check what a deadline in the past makes of a computed value.',
  async run(client) {
    for (const { result, what } of await cacheableResults(client))
      expect(!(Number(result.ttlMs) < 0), `ttlMs in ${what} is negative`, '0 or more', result.ttlMs)
  },
  fault: withHints('resources/read', () => ({ ttlMs: -1 })),
})
