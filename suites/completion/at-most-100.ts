import { askAll, completables, completing, defineCheck, onResult } from '../../src/conformance/check.js'
import { advise, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'At most 100 values are suggested at once',
  requirement: 'completion-max-100',
  needs: ['capability:completions'],
  hint: 'Cut the list at 100 and tell the rest by total and hasMore.',
  async run(client) {
    const some = await completables(client, 12)
    const all = some.flatMap((one) => ['', 'a', 'e', 's', '1'].map((value) => completing(one, value)))
    for (const { reply, what } of await askAll(client, 'completion/complete', all)) {
      const { values, total, hasMore } = reply.response?.result?.completion ?? {}
      if (!Array.isArray(values)) continue
      expect(values.length <= 100, `${what} got too many suggestions`, 'at most 100', values.length)
      const counted = typeof total !== 'number' || total >= values.length
      advise(counted, 'total is less than what was returned', `at least ${values.length}`, total)
      const told = hasMore !== false || typeof total !== 'number' || total === values.length
      advise(told, 'hasMore is false although total says there is more', true, { total, returned: values.length })
    }
  },
  fault: onResult('completion/complete', (result) => ({
    ...result,
    completion: { values: Array.from({ length: 150 }, (_, at) => `value ${at}`) },
  })),
})
