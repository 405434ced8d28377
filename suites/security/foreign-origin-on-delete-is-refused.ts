import { approachByDelete, defineCheck, expectUnserved, foreignOrigin } from '../../src/conformance/check.js'
import { notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'DELETE with a foreign Origin ends no session',
  requirement: 'security-origin-validation',
  needs: ['loopback'],
  hint: 'Check Origin before anything else and for every method, for instance in a middleware in front of all routes of the endpoint.',
  async run(client) {
    const approaches = await approachByDelete(client, { origin: foreignOrigin })
    if (approaches.length === 0) notApplicable('the server has no sessions that end by DELETE')
    expectUnserved(client, approaches, `Origin: ${foreignOrigin}`)
  },
  fault: {
    request: (r) =>
      r.method === 'DELETE' ? { ...r, headers: { ...r.headers, origin: 'http://localhost' } } : undefined,
  },
})
