import { defineCheck, eachModernError, recodes } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The codes -32002 and -32042 of older revisions are not used',
  requirement: 'jsonrpc-no-retired-codes',
  needs: ['modern'],
  hint: 'A missing resource is -32602 now, and a URL for the user is a question in a result.',
  last: true,
  async run(client) {
    await eachModernError(client, (error, what) => {
      expect(error.code !== -32002 && error.code !== -32042, `${what} is answered with a retired code`, -32602, error)
    })
  },
  fault: recodes(-32602, -32002),
})
