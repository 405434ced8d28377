import { contentOf, defineCheck, onResult, perUser, twoViews } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What is marked public is the same for two users',
  requirement: 'caching-public-not-user-specific',
  needs: ['modern', 'auth', 'credentials', 'second-token'],
  hint: 'A shared cache gives a public result to anybody: mark it private as soon as it depends on who asks.',
  async run(client) {
    const isPublic = (result: any) => result.cacheScope === 'public'
    const shared = (await twoViews(client)).filter(({ own, second }) => isPublic(own) && isPublic(second))
    if (shared.length === 0) notApplicable('the server marks no result as public')
    for (const { call, own, second, again } of shared) {
      // What changes from one request to the next says nothing of users.
      if (contentOf(own) !== contentOf(again)) continue
      expect(contentOf(own) === contentOf(second), `${call.method} is public, yet differs by user`, own, second)
    }
  },
  fault: perUser((isFirst) =>
    onResult('resources/list', (result, _message, { request }) =>
      isFirst(request) ? result : { ...result, resources: result.resources.slice(1) },
    ),
  ),
})
