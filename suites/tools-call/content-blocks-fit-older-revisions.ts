import { callTool, defineCheck, isObject, onResult } from '../../src/conformance/check.js'
import { assume, expectShape } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'To a client of an older revision only content types of that revision are sent',
  requirement: 'schema-content-block-types',
  revisions: { last: '2025-03-26' },
  needs: ['tool'],
  hint: 'audio came with 2025-03-26 and resource_link with 2025-06-18: give older clients a text block in their place.',
  async run(client) {
    const session = await client.session()
    const replies = await Promise.all(client.tools.map((tool) => callTool(session, tool.name, tool.arguments)))
    assume(
      replies.some((reply) => isObject(reply.response?.result)),
      'a named tool answers its call with a result',
      replies[0],
    )
    for (const reply of replies) {
      const content: unknown = reply.response?.result?.content
      for (const block of Array.isArray(content) ? content : [])
        expectShape(block, 'ContentBlock', client.revision, 'a content block')
    }
  },
  fault: onResult('tools/call', (result) => ({
    ...result,
    content: [...result.content, { type: 'resource_link', uri: 'weather://stations', name: 'stations' }],
  })),
})
