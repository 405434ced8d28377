import { confirmed, defineCheck, type List, offeredLists, onResult, page } from '../../src/conformance/check.js'
import { expect, expectEqual, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A list begins with the same page with no params, empty params or only _meta',
  requirement: 'pagination-stable-cursors',
  async run(client) {
    const session = await client.session()
    const lists = await offeredLists(client)
    if (lists.length === 0) notApplicable('the server offers no list')
    const judge = async (list: List) => {
      const plain = await page(session, list)
      for (const params of [{}, { _meta: { progressToken: client.canary('token') } }]) {
        const other = await page(session, list, params)
        expect(
          other !== undefined,
          `${list.method} with the params ${JSON.stringify(params)} has no result`,
          plain,
          undefined,
        )
        expectEqual(
          other.names,
          plain?.names,
          `the first page of ${list.method} with the params ${JSON.stringify(params)}`,
        )
      }
    }
    for (const list of lists) await confirmed(() => judge(list))
  },
  fault: onResult('tools/list', (result, _message, { call }) =>
    call?.params?._meta?.progressToken ? { ...result, tools: [] } : result,
  ),
})
