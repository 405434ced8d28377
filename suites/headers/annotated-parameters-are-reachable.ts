import { annotationIn, defineCheck, headerAnnotations, withParameter } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'x-mcp-header stands only on properties that properties alone lead to',
  requirement: 'headers-xmcp-reachable',
  needs: ['capability:tools'],
  hint: 'Below items, anyOf, if or $defs there is no single value to mirror: move the parameter up, or the annotation away.',
  async run(client) {
    for (const one of await headerAnnotations(client))
      expect(
        one.reachable,
        `${annotationIn(one)} cannot be reached through properties`,
        'a property of the root, or of an object below it',
        one.path,
      )
  },
  fault: withParameter({ type: 'array', items: { type: 'string', 'x-mcp-header': 'Extra' } }),
})
