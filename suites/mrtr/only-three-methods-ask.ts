import { ableClient, defineCheck, eachServed, onResult } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

const asking = /^(tools\/call|resources\/read|prompts\/get)$/

export default defineCheck({
  title: 'Only tools/call, resources/read and prompts/get are answered with questions',
  requirement: 'mrtr-supported-methods-only',
  needs: ['modern'],
  hint: 'Clients expect no questions from lists, completions or server/discover: answer those with what is known.',
  async run(client) {
    const judge = (result: any, method: string) =>
      expect(
        asking.test(method) || result?.resultType !== 'input_required',
        `${method} is answered with questions`,
        'a complete result or an error',
        result,
      )
    const { steps } = await client.survey()
    for (const { method, reply } of steps) judge(reply.response?.result, method)
    const able = { meta: { clientCapabilities: ableClient } }
    await eachServed(client, able, (reply, method) => judge(reply.response?.result, method), /^(?!tools\/call)/)
  },
  fault: onResult('completion/complete', () => ({ resultType: 'input_required', requestState: 'later' })),
})
