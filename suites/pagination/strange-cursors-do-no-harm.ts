import { defineCheck, expectNoCrash, offeredLists, onError, page, pagedLists } from '../../src/conformance/check.js'
import { assume, describe, expect, notApplicable } from '../../src/conformance/expect.js'

const strange: unknown[] = [
  '',
  'x'.repeat(20_000),
  '日本語',
  4,
  null,
  {},
  ' ',
  '-1',
  '\u0000%00\n',
  "' OR 1=1 --",
  '../../etc/passwd',
  -1,
  true,
  [],
]

export default defineCheck({
  title: 'Cursors that are altered, huge, empty, of another type or full of odd characters are handled gracefully',
  requirement: 'pagination-invalid-cursor-graceful',
  hint: 'Decode the cursor inside a try block, bound its length, and answer -32602 for whatever does not fit.',
  async run(client) {
    const session = await client.session()
    const lists = await offeredLists(client)
    if (lists.length === 0) notApplicable('the server offers no list')
    const paged = (await pagedLists(client)).length > 0
    for (const list of lists) {
      const first = await page(session, list)
      assume(first !== undefined, `${list.method} is answered`)
      const valid = typeof first.next === 'string' ? first.next : ''
      const altered = valid
        ? [
            `${valid}x`,
            valid.slice(0, -1),
            valid.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
            [...valid].reverse().join(''),
          ]
        : []
      // Lists without a cursor of their own share the code of the others, or have none: they are asked less.
      const cursors = client.sample([...altered, ...(valid || !paged ? strange : strange.slice(0, 4))], 8)
      const replies = await Promise.all(cursors.map((cursor) => session.request(list.method, { cursor })))
      for (const [at, reply] of replies.entries()) {
        const what = `${list.method} with the cursor ${JSON.stringify(cursors[at]).slice(0, 60)}`
        expectNoCrash(reply, what)
        expect(
          reply.response?.error?.code !== -32603,
          `${what} was answered with an internal error`,
          'a refusal such as -32602',
          describe(reply),
        )
      }
      const after = await page(session, list)
      expect(after !== undefined, `${list.method} is served no longer after strange cursors`, 'a page', after)
    }
  },
  fault: onError((error) => ({ ...error, code: -32603 }), /list$/),
})
