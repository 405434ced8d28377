import { approachByPing, defineCheck } from '../../src/conformance/check.js'
import { advise, describe } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'POST with Origin: null is not served',
  requirement: 'security-origin-validation',
  needs: ['loopback'],
  hint: 'Any page can send Origin: null from a sandboxed frame: do not put null on the list of allowed origins.',
  async run(client) {
    for (const { what, reply, served } of await approachByPing(client, { origin: 'null' }))
      advise(
        !served,
        `${what} with Origin: null is served, which any web page can send from a sandboxed frame`,
        'a refusal',
        describe(reply),
      )
  },
  fault: {
    request: ({ headers: { origin, ...headers }, ...rest }) => (origin === 'null' ? { ...rest, headers } : undefined),
  },
})
