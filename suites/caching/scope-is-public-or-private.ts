import { cacheableResults, defineCheck, withHints } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'cacheScope is public or private',
  requirement: 'caching-scope-enum',
  needs: ['modern'],
  hint: 'There are two values, in small letters; no-store and user are those of other protocols.',
  async run(client) {
    for (const { result, what } of await cacheableResults(client)) {
      const { cacheScope = 'public' } = result
      expect(
        cacheScope === 'public' || cacheScope === 'private',
        `cacheScope in ${what} is neither public nor private`,
        '"public" or "private"',
        cacheScope,
      )
    }
  },
  fault: withHints('resources/read', () => ({ cacheScope: 'no-store' })),
})
