import { cacheableResults, defineCheck, withHints } from '../../src/conformance/check.js'
import { advise, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'ttlMs is a whole number of milliseconds',
  requirement: 'caching-ttl-integer',
  needs: ['modern'],
  hint: 'A number, not a text, and in milliseconds: round what comes from a division.',
  async run(client) {
    for (const { result, what } of await cacheableResults(client)) {
      const { ttlMs = 0 } = result
      expect(typeof ttlMs === 'number', `ttlMs in ${what} is no number`, 'a number', ttlMs)
      // The page says integer, the schema number.
      advise(Number.isInteger(ttlMs), `ttlMs in ${what} is no whole number`, 'an integer', ttlMs)
    }
  },
  fault: withHints('prompts/list', () => ({ ttlMs: '300000' })),
})
