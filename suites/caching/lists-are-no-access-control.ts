import { defineCheck, expectHiddenIsRefused, onResult, perUser } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'What is listed for one user only is refused to the other',
  requirement: 'caching-access-controls',
  needs: ['modern', 'auth', 'credentials', 'second-token'],
  hint: 'Leaving something out of a list hides it, no more: ask for the right again when it is read, fetched or called.',
  run: (client) => expectHiddenIsRefused(client),
  fault: perUser((isFirst) =>
    onResult('resources/list', (result, _message, { request }) =>
      isFirst(request)
        ? { ...result, cacheScope: 'private' }
        : { ...result, cacheScope: 'private', resources: result.resources.slice(1) },
    ),
  ),
})
