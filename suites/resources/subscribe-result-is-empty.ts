import { defineCheck, listedUris, onResult } from '../../src/conformance/check.js'
import { advise, assume, expect, expectShape, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'resources/subscribe and resources/unsubscribe return an empty result',
  requirement: 'schema-empty-results',
  needs: ['capability:resources.subscribe'],
  hint: 'Return {}: not null, not true, not a text.',
  async run(client) {
    const [uri] = listedUris(await client.survey())
    if (uri === undefined) notTestable('resources/list shows no resources')
    for (const method of ['resources/subscribe', 'resources/unsubscribe']) {
      const reply = await client.request(method, { uri })
      assume(reply.response !== undefined && !('error' in reply.response), `${method} succeeds`, reply)
      const { result } = reply.response
      expect(result !== undefined, `${method} must return a result`, {}, reply.response)
      expectShape(result, 'EmptyResult', client.revision, `the result of ${method}`)
      const extra = Object.keys(result).filter((key) => key !== '_meta')
      advise(extra.length === 0, `the result of ${method} holds more than _meta`, {}, result)
    }
  },
  fault: onResult(/^resources\/(un)?subscribe$/, () => null),
})
