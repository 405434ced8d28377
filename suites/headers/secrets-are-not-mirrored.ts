import {
  annotationIn,
  defineCheck,
  headerAnnotations,
  namesPrivate,
  withParameter,
} from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Parameters whose name tells of a secret or of a person are not mirrored into headers',
  requirement: 'headers-xmcp-not-sensitive',
  needs: ['capability:tools'],
  hint: 'Headers end up in the logs of every proxy on the way: leave x-mcp-header off passwords, keys, tokens and personal data.',
  async run(client) {
    for (const one of await headerAnnotations(client)) {
      const names = [one.path.split('.').at(-1)!, String(one.value)]
      const secret = /^(password|e-?mail|idn-email)$/.test(String(one.schema.format)) || one.schema.writeOnly === true
      const said = names.find(namesPrivate)
      expect(!secret && !said, `${annotationIn(one)} looks like something private`, 'no header', said ?? one.schema)
    }
  },
  fault: withParameter({ type: 'string', 'x-mcp-header': 'Api-Key' }),
})
