import { cacheableResults, defineCheck, withHints } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every complete result that can be cached has ttlMs and cacheScope',
  requirement: 'caching-hints-present',
  needs: ['modern'],
  hint: 'server/discover, the four lists on each page, and resources/read: with ttlMs 0 where nothing should be kept.',
  async run(client) {
    for (const { result, what } of await cacheableResults(client))
      for (const hint of ['ttlMs', 'cacheScope'])
        expect(result[hint] !== undefined && result[hint] !== null, `${what} has no ${hint}`, hint, Object.keys(result))
  },
  fault: withHints('resources/templates/list', () => ({ ttlMs: undefined })),
})
