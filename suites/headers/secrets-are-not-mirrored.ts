import { annotationIn, defineCheck, headerAnnotations, withParameter } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

const telling =
  /\b(pass ?words?|passwd|pwd|pass ?phrase|pass ?code|secrets?|credentials?|ssn|social security|e ?mail|iban|passport|(api|access|private|secret|encryption|signing) ?key|(auth|access|refresh|bearer|api|id|session|csrf|security) ?tokens?|authorization|credit ?card|card ?number|cvv|phone ?number|date ?of ?birth|birth ?date|tax ?id)\b|^(token|phone|birthday|dob|otp)$/i

/** The words of a name: apiKey, api_key and API-Key are all "api key". */
function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
}

export default defineCheck({
  title: 'Parameters whose name tells of a secret or of a person are not mirrored into headers',
  requirement: 'headers-xmcp-not-sensitive',
  needs: ['capability:tools'],
  hint: 'Headers end up in the logs of every proxy on the way: leave x-mcp-header off passwords, keys, tokens and personal data.',
  async run(client) {
    for (const one of await headerAnnotations(client)) {
      const names = [one.path.split('.').at(-1)!, String(one.value)].map(wordsOf)
      const secret = /^(password|e-?mail|idn-email)$/.test(String(one.schema.format)) || one.schema.writeOnly === true
      const said = names.find((name) => telling.test(name))
      expect(!secret && !said, `${annotationIn(one)} looks like something private`, 'no header', said ?? one.schema)
    }
  },
  fault: withParameter({ type: 'string', 'x-mcp-header': 'Api-Key' }),
})
