import { brokenText, defineCheck, nonAscii, onResult, usablePrompts } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Arguments beyond ASCII come back from a prompt unbroken',
  requirement: 'transport-utf8',
  needs: ['capability:prompts'],
  hint: 'Decode request bodies as UTF-8 and encode answers as UTF-8, also on the way through templates.',
  async run(client) {
    const prompts = (await usablePrompts(client)).filter((prompt) => Object.keys(prompt.arguments).length > 0)
    if (prompts.length === 0) notApplicable('no listed prompt takes arguments')
    for (const { name, arguments: args } of prompts.slice(0, 2)) {
      const mark = client.canary()
      const filled = Object.fromEntries(Object.keys(args).map((key) => [key, nonAscii(mark)]))
      const broken = brokenText(await client.request('prompts/get', { name, arguments: filled }), mark)
      expect(broken === undefined, `the prompt ${name} gives an argument back broken`, nonAscii(mark), broken)
    }
  },
  fault: onResult('prompts/get', (result, _message, { call }) => ({
    ...result,
    messages: [
      { role: 'user', content: { type: 'text', text: JSON.stringify(call?.params.arguments).replace(/[^ -~]/g, '?') } },
    ],
  })),
})
