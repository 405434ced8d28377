import { blocksOf, defineCheck, greeting, toolResults } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server whose tools embed resources declares the resources capability',
  requirement: 'tools-embedded-needs-resources',
  needs: ['tool'],
  hint: 'Declare resources and let resources/read serve what the tool embeds, or return the text as a text block.',
  async run(client) {
    const declared = client.facts.capabilities.resources
    for (const { block, what } of blocksOf(await toolResults(client))) {
      expect(
        block.type !== 'resource' || declared !== undefined,
        `${what} is an embedded resource, so the capability must be declared`,
        'capabilities.resources',
        client.facts.capabilities,
      )
    }
  },
  fault: {
    message(message, context) {
      const { result } = message
      if (greeting.test(String(context.call?.method)) && result)
        return { ...message, result: { ...result, capabilities: { tools: result.capabilities.tools } } }
      if (context.call?.method !== 'tools/call' || !result) return undefined
      const resource = { uri: 'weather://stations', mimeType: 'text/plain', text: 'Seattle' }
      return { ...message, result: { ...result, content: [...result.content, { type: 'resource', resource }] } }
    },
  },
})
