import { defineCheck, judgeViews, listsOf, onResult } from '../../src/conformance/check.js'
import { assume, expectEqual } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Tools come in the same order each time',
  requirement: 'tools-list-deterministic-order',
  needs: ['capability:tools'],
  hint: 'Sort the tools, or keep them in the order of registration: a new order costs the model its prompt cache.',
  run: (client) =>
    judgeViews(client, listsOf('tools')[0]!, ([first, ...others]) => {
      const same = (names: string[]) => [...names].sort().join('\n')
      for (const { where, names } of others) {
        assume(same(names) === same(first!.names), 'the same tools are listed each time')
        expectEqual(names, first!.names, `the order of tools on ${where}`)
      }
    }),
  fault() {
    let times = 0
    return onResult('tools/list', (result) => (times++ % 2 ? { ...result, tools: result.tools.toReversed() } : result))
  },
})
