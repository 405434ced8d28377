import { approachByGet, defineCheck, expectUnserved, foreignOrigin } from '../../src/conformance/check.js'
import { notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'GET with a foreign Origin opens no stream',
  requirement: 'security-origin-validation',
  needs: ['loopback'],
  hint: 'Check Origin before anything else and for every method, for instance in a middleware in front of all routes of the endpoint.',
  async run(client) {
    const approaches = await approachByGet(client, { origin: foreignOrigin })
    if (approaches.length === 0) notApplicable('GET opens no event stream on this server')
    expectUnserved(client, approaches, `Origin: ${foreignOrigin}`)
  },
  fault: {
    request: (r) => (r.method === 'GET' ? { ...r, headers: { ...r.headers, origin: 'http://localhost' } } : undefined),
  },
})
