import { annotationIn, defineCheck, headerAnnotations, withParameter } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'x-mcp-header is never empty',
  requirement: 'headers-xmcp-nonempty',
  needs: ['capability:tools'],
  hint: 'Clients drop a tool with a bad annotation from its list: name the header, or leave x-mcp-header out.',
  async run(client) {
    for (const one of await headerAnnotations(client))
      expect(one.value !== '', `${annotationIn(one)} is empty`, 'the name of a header', one.value)
  },
  fault: withParameter({ type: 'string', 'x-mcp-header': '' }),
})
