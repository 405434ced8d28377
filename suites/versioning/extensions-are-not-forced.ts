import { defineCheck, isObject, onResult } from '../../src/conformance/check.js'
import { assume, expect } from '../../src/conformance/expect.js'

const core = ['complete', 'input_required', undefined]

export default defineCheck({
  title: 'A client that declares no extension gets what the protocol itself knows',
  requirement: 'versioning-extension-fallback',
  needs: ['modern'],
  hint: 'Look for the extension in the capabilities of the request before you answer with a task or the like.',
  async run(client) {
    // The client of the tour declares nothing at all.
    const { steps } = await client.survey()
    const results = steps.map(({ label, reply }) => ({ label, result: reply.response?.result as unknown }))
    assume(
      results.some(({ result }) => isObject(result)),
      'a valid request is answered with a result',
    )
    for (const { label, result } of results)
      if (isObject(result))
        expect(
          core.includes(result.resultType),
          `${label} is answered with a result of an extension`,
          'complete',
          result,
        )
  },
  fault: onResult('tools/call', () => ({ resultType: 'task', taskId: '1', status: 'working' })),
})
