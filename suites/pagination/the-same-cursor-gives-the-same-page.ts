import { confirmed, defineCheck, type List, onResult, page, pagedLists, walk } from '../../src/conformance/check.js'
import { expect, expectEqual, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A cursor leads to the same page whenever and in whatever order it is used',
  requirement: 'pagination-stable-cursors',
  hint: 'Put the position into the cursor; a position kept on the server moves with every request.',
  async run(client) {
    const lists = await pagedLists(client)
    if (lists.length === 0) notApplicable('no list of the server has more than one page')
    const judge = async (list: List) => {
      const session = await client.open()
      const first = await walk(session, list, 10)
      expect(
        first.pages.length > 1,
        `the first cursor of ${list.method} leads nowhere when it is used again`,
        'the second page',
        first,
      )
      const steps = first.cursors
        .slice(0, first.pages.length - 1)
        .map((cursor, at) => ({ cursor, names: first.pages[at + 1] }))
      for (const { cursor, names } of [...steps].reverse())
        expectEqual(
          (await page(session, list, { cursor }))?.names,
          names,
          `the page of a cursor of ${list.method} used again`,
        )
      const again = await Promise.all(steps.map(({ cursor }) => page(session, list, { cursor })))
      for (const [at, { names }] of steps.entries())
        expectEqual(again[at]?.names, names, `a page of ${list.method} fetched beside others`)
      expectEqual(
        (await page(session, list))?.names,
        first.pages[0],
        `the first page of ${list.method} after the others`,
      )
    }
    for (const list of lists) await confirmed(() => judge(list))
  },
  fault: () => {
    let asked = 0
    return onResult('tools/list', (result, _message, { call }) =>
      call?.params?.cursor && ++asked % 2 === 0 ? { ...result, tools: result.tools.slice(1) } : result,
    )
  },
})
