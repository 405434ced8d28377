import { defineCheck, goneMethods, modernCodes, restates } from '../../src/conformance/check.js'
import { assume, assumeResult, describe, expect } from '../../src/conformance/expect.js'

/** Names that look like methods, by the mistakes that routers make. */
const near = [
  'tools',
  'tools/',
  'Tools/List',
  'tools/list/all',
  'server/discover/x',
  'rpc.discover',
  'constructor',
  'notifications/gauntlet',
]

export default defineCheck({
  title: 'A method the server does not have is answered with HTTP 404 and -32601',
  requirement: 'transport-unknown-method-404',
  hint: 'Older revisions sent this error with HTTP 200; now the status is 404, also for ping, logging/setLevel and all that is gone.',
  async run(client) {
    assumeResult(await client.request('server/discover'), 'server/discover')
    const unknown = [client.canary('gauntlet/unknown'), 'gauntlet/unknown', ...near].map(
      (method) => [method, {}] as const,
    )
    const asked = [...unknown, ...goneMethods].map(async ([method, params], at) => {
      const reply = await client.request(method, params, at % 2 ? { id: client.canary() } : {})
      assume(![0, 401, 403, 429].includes(reply.status), `${method} is answered`, reply)
      // Nobody forbids to serve more than the revision knows.
      if (reply.response?.result !== undefined && at >= unknown.length) return
      const { error } = reply.response ?? {}
      // Of a method that is gone the server may first miss a header that it wants with such a method.
      if (error?.code === modernCodes.headerMismatch && at >= unknown.length) return
      expect(
        reply.status === 404 && error?.code === -32601,
        `${method}, which the server does not have, must be refused as an unknown method`,
        'HTTP 404 with the JSON-RPC error -32601',
        describe(reply),
      )
    })
    await Promise.all(asked)
  },
  fault: restates(-32601, 200),
})
