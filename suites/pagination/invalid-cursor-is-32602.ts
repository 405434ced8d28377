import { defineCheck, offeredLists, onError, pagedLists } from '../../src/conformance/check.js'
import { describe, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A cursor the server never gave is answered with -32602',
  requirement: 'pagination-invalid-cursor-32602',
  hint: 'Check the cursor before using it: a list that starts anew, or an internal error, sends clients round in circles.',
  async run(client) {
    const session = await client.session()
    const lists = await offeredLists(client)
    const paged = await pagedLists(client)
    if (lists.length === 0) notApplicable('the server offers no list')
    const foreign = Buffer.from(JSON.stringify({ gauntlet: client.canary() })).toString('base64')
    for (const list of lists) {
      for (const cursor of [client.canary(), foreign]) {
        const reply = await session.request(list.method, { cursor })
        const code = reply.response?.error?.code
        // A list of one page may be served without a look at the cursor where other lists show that cursors are understood.
        const single = paged.length > 0 && !paged.includes(list)
        if (single && code === undefined) continue
        expect(
          code === -32602,
          `${list.method} with an invalid cursor`,
          'an error with the code -32602',
          describe(reply),
        )
      }
    }
  },
  fault: onError((error) => ({ ...error, code: -32603 }), /list$/),
})
