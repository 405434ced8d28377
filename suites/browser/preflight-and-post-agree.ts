import { allows, crossOrigin, defineCheck, json, withCors } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A page that the preflight lets in is served',
  requirement: 'advice-cors-agrees-with-guard',
  needs: ['streamable'],
  hint: 'CORS and the guard of Origin hold two lists: give both the same one.',
  async run(client) {
    const { origin, preflight, hello } = await crossOrigin(client)
    assume(preflight.ok && allows(preflight, origin), 'the preflight lets the page in', preflight)
    expect(
      hello.status !== 403,
      `the preflight lets ${origin} in, the request after it is refused`,
      'an answer',
      describe(hello),
    )
  },
  fault: {
    ...withCors((reply) => reply),
    request(request) {
      if (request.method === 'OPTIONS') return withCors((reply) => reply).request?.(request)
      return request.headers.origin ? json(403, { error: 'Forbidden origin' }) : undefined
    },
  },
})
