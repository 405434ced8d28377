import { confirmed, defineCheck, type List, onResult, pagedLists, walk } from '../../src/conformance/check.js'
import { assume, expect, expectEqual, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Walks through a list find the same items, each once, alone and at the same time',
  requirement: 'pagination-stable-cursors',
  hint: 'Sort the items before cutting pages, and begin each page where the last one ended.',
  async run(client) {
    const session = await client.session()
    const lists = await pagedLists(client)
    if (lists.length === 0) notApplicable('no list of the server has more than one page')
    const judge = async (list: List) => {
      const first = await walk(session, list, 50)
      assume(first.ended, `the walk through ${list.method} ends`)
      const names = first.pages.flat()
      const twice = first.pages.flatMap((page, at) =>
        page.filter((name) => first.pages.slice(0, at).some((other) => other.includes(name))),
      )
      expect(twice.length === 0, `${list.method} shows an item on two pages`, 'each item once', twice)
      const more = await Promise.all(
        [client.open(), client.open(), session].map(async (one) => walk(await one, list, 50)),
      )
      for (const { pages } of more)
        expectEqual(pages.flat(), names, `the items a second walk through ${list.method} finds`)
      const unseen = list.member === 'tools' ? client.tools.filter((tool) => !names.includes(tool.name)) : []
      expect(
        unseen.length === 0,
        'a tool that can be called stands on no page',
        'every tool on one page',
        unseen.map((tool) => tool.name),
      )
    }
    for (const list of lists) await confirmed(() => judge(list))
  },
  fault: onResult('tools/list', (result, _message, { call }) =>
    call?.params?.cursor
      ? { ...result, tools: [...result.tools, { name: 'get_weather', inputSchema: { type: 'object' } }] }
      : result,
  ),
})
