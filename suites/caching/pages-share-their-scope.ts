import { cacheable, defineCheck, type Json, withHints } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'All pages of a list have the same cacheScope',
  requirement: 'caching-scope-same-across-pages',
  needs: ['modern'],
  hint: 'Decide on the scope per list, not per page: one private item makes every page private.',
  async run(client) {
    const survey = await client.survey()
    const scopes = new Map<string, Json[]>()
    for (const { label, method, reply } of survey.steps)
      if (label === method && cacheable.test(method) && method.endsWith('list'))
        scopes.set(method, [...(scopes.get(method) ?? []), reply.response?.result?.cacheScope ?? null])
    const paged = [...scopes].filter(([, pages]) => pages.length > 1)
    if (paged.length === 0) notApplicable('no list of the server has more than one page')
    for (const [method, [first, ...others]] of paged)
      for (const other of others) expect(other === first, `pages of ${method} differ in their cacheScope`, first, other)
  },
  fault: withHints('tools/list', (_result, { cursor }) => (cursor ? { cacheScope: 'private' } : {})),
})
