import { defineCheck, expectErrorCode, servesRefused, usablePrompts } from '../../src/conformance/check.js'
import { notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'prompts/get without a required argument yields error -32602, for each of them',
  requirement: 'prompts-missing-argument-32602',
  needs: ['capability:prompts'],
  hint: 'Compare the arguments with those marked required before the template is filled, or `undefined` ends up in the text.',
  async run(client) {
    const prompts = (await usablePrompts(client)).filter((prompt) => prompt.required.length > 0)
    if (prompts.length === 0) notTestable('no prompt that could be fetched has required arguments')
    for (const { name, required, arguments: args } of prompts) {
      for (const missing of required) {
        const { [missing]: _, ...kept } = args
        const reply = await client.request('prompts/get', { name, arguments: kept })
        expectErrorCode(reply, -32602, `prompts/get of ${name} without ${missing}`)
      }
      expectErrorCode(
        await client.request('prompts/get', { name, arguments: {} }),
        -32602,
        `prompts/get of ${name} with empty arguments`,
      )
      expectErrorCode(await client.request('prompts/get', { name }), -32602, `prompts/get of ${name} without arguments`)
    }
  },
  fault: servesRefused('prompts/get', () => ({ messages: [] })),
})
