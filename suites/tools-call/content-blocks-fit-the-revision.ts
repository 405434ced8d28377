import { blocksOf, defineCheck, onResult, toolResults } from '../../src/conformance/check.js'
import { expectShape } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Content blocks are of types the agreed revision knows, with the fields it gives them',
  requirement: 'schema-content-block-types',
  needs: ['tool'],
  hint: 'Clients refuse the whole result for one block of an unknown type; put your own data into structuredContent or a text block.',
  async run(client) {
    for (const { block, what } of blocksOf(await toolResults(client)))
      expectShape(block, 'ContentBlock', client.revision, what)
  },
  fault: onResult('tools/call', (result) => ({ ...result, content: [...result.content, { type: 'json', json: {} }] })),
})
