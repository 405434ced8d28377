import { annotationIn, defineCheck, headerAnnotations, withParameter } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'x-mcp-header is a token: letters, digits and a few signs',
  requirement: 'headers-xmcp-token',
  needs: ['capability:tools'],
  hint: "Spaces, colons, line ends and letters beyond ASCII cannot stand in a header's name; clients drop the tool.",
  async run(client) {
    for (const one of await headerAnnotations(client))
      expect(
        typeof one.value === 'string' && (one.value === '' || /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(one.value)),
        `${annotationIn(one)} is no token`,
        'a token of RFC 9110',
        one.value,
      )
  },
  fault: withParameter({ type: 'string', 'x-mcp-header': 'My Region' }),
})
