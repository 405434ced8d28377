import { defineCheck, expectHiddenIsRefused, onResult, perUser } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A resource that is listed for one user only is not read to the other',
  requirement: 'resources-access-controlled',
  needs: ['auth', 'credentials', 'second-token', 'capability:resources'],
  revisions: { last: '2025-11-25' },
  hint: 'Leaving a resource out of the list hides it, no more: look at the owner again when it is read.',
  run: (client) => expectHiddenIsRefused(client, 'resources'),
  fault: perUser((isFirst) =>
    onResult('resources/list', (result, _message, { request }) =>
      isFirst(request) ? result : { ...result, resources: result.resources.slice(1) },
    ),
  ),
})
