import { defineCheck, offeredLists, onResult } from '../../src/conformance/check.js'
import { advise, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'nextCursor is a string, or left out on the last page',
  requirement: 'pagination-terminates',
  hint: 'Leave the member out at the end: null is no cursor, and typed clients refuse the page.',
  async run(client) {
    const survey = await client.survey()
    const lists = await offeredLists(client)
    if (lists.length === 0) notApplicable('the server offers no list')
    for (const { method } of lists) {
      for (const result of survey.results(method)) {
        if (!('nextCursor' in result)) continue
        advise(result.nextCursor !== null, `${method} ends with a nextCursor of null`, 'no nextCursor', null)
        expect(
          typeof result.nextCursor === 'string',
          `the nextCursor of ${method} is no string`,
          'a string',
          result.nextCursor,
        )
      }
    }
  },
  fault: onResult(/list$/, (result) => ({ ...result, nextCursor: result.nextCursor === undefined ? null : 4 })),
})
