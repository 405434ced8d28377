import { defineCheck, onResult, usablePrompts, withoutNewerBlocks } from '../../src/conformance/check.js'
import { expectShape, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'prompts/get returns messages that each have a role and one content block',
  requirement: 'schema-prompts-get-result',
  needs: ['capability:prompts'],
  atEachRevision: true,
  hint: 'content of a prompt message is one block, not an array and not a text; role is user or assistant, there is no system.',
  async run(client) {
    const prompts = await usablePrompts(client)
    if (prompts.length === 0) notTestable('no listed prompt could be fetched')
    for (const { name, result } of prompts) {
      const judged = client.brief ? withoutNewerBlocks(result, client.revision) : result
      expectShape(judged, 'GetPromptResult', client.revision, `the prompt ${name}`)
    }
  },
  fault: onResult('prompts/get', (result) => ({
    ...result,
    messages: result.messages.map((message: any) => ({ ...message, content: [message.content] })),
  })),
})
