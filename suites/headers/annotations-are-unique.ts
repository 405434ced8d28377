import { annotationIn, defineCheck, headerAnnotations, withParameter } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'No two parameters of a tool are mirrored into the same header',
  requirement: 'headers-xmcp-unique',
  needs: ['capability:tools'],
  hint: 'Names of headers have no case: Region and REGION are the same. Look at nested objects too.',
  async run(client) {
    const seen = new Set<string>()
    for (const one of await headerAnnotations(client)) {
      const name = JSON.stringify([one.tool, String(one.value).toLowerCase()])
      expect(!seen.has(name), `${annotationIn(one)} has the name of another`, 'a name of its own', one.value)
      seen.add(name)
    }
  },
  fault: withParameter({ type: 'string', 'x-mcp-header': 'LOCATION' }),
})
