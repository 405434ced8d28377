import { confirmed, defineCheck, offeredLists, onResult, walk } from '../../src/conformance/check.js'
import { advise, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Following the cursors of a list comes to an end',
  requirement: 'pagination-terminates',
  hint: 'Leave nextCursor out on the last page, and move the cursor on with every page.',
  async run(client) {
    const session = await client.session()
    const lists = await offeredLists(client)
    if (lists.length === 0) notApplicable('the server offers no list')
    for (const list of lists) {
      const { pages, cursors, ended } = await walk(session, list, 200)
      const repeated = cursors.find((cursor, at) => cursors.indexOf(cursor) !== at)
      expect(
        repeated === undefined,
        `${list.method} leads back to a cursor it has given before`,
        'a new cursor or none',
        repeated,
      )
      const same = pages.findIndex(
        (names, at) => at > 0 && names.length > 0 && names.join('\n') === pages[at - 1]!.join('\n'),
      )
      expect(same < 0, `${list.method} gives the same page again under another cursor`, 'other items', pages[same])
      expect(
        ended || pages.length < 200,
        `${list.method} has not ended after ${pages.length} pages`,
        'a page without nextCursor',
        cursors.slice(-3),
      )
      if (ended && (pages.length < 2 || pages.at(-1)!.length > 0)) continue
      // A list may have grown shorter between two pages.
      await confirmed(async () => {
        const again = await walk(session, list, 200)
        const last = again.cursors.at(-1)
        expect(again.ended, `${list.method} gave a cursor that it then answered without a result`, 'a page', last)
        const empty = again.pages.length > 1 && again.pages.at(-1)!.length === 0
        advise(!empty, `${list.method} ends with an empty page`, 'nextCursor only while there is more', last)
      })
    }
  },
  fault: onResult('tools/list', (result, _message, { call }) =>
    call?.params?.cursor ? { ...result, nextCursor: call.params.cursor } : result,
  ),
})
