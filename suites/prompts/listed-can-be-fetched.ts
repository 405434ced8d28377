import { defineCheck, throttled, unknownMethod, usablePrompts, whileListed } from '../../src/conformance/check.js'
import { describe, expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What prompts/list shows can be fetched with prompts/get',
  requirement: 'prompts-capability-respected',
  needs: ['capability:prompts'],
  atEachRevision: true,
  hint: 'Handle prompts/get beside prompts/list, also for calls without arguments where none are required.',
  async run(client) {
    const { prompts } = await client.survey()
    if (prompts.length === 0) notTestable('prompts/list shows no prompts')
    const usable = (await usablePrompts(client)).map((prompt) => prompt.name)
    for (const { name, arguments: declared } of prompts.slice(0, 5)) {
      if (usable.includes(name)) continue
      await whileListed(client, 'prompts/list', name, async () => {
        const reply = await client.request('prompts/get', { name, arguments: {} })
        const code = reply.response?.error?.code
        const free = !Array.isArray(declared) || declared.length === 0
        const refused = !throttled(reply) && (code === -32601 || reply.status >= 500 || (free && code !== undefined))
        expect(!refused, `the listed prompt ${name} cannot be fetched`, 'a result', describe(reply))
      })
    }
  },
  fault: unknownMethod('prompts/get'),
})
