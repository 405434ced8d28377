import { adviseTwiceRefused, defineCheck, expectFlawsRefused, overlooksHeader } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A request whose Mcp-Method header names another method than its body is refused',
  requirement: 'headers-method-mismatch-rejected',
  hint: 'Compare the whole value with the method of the body on every request: a prefix or a known method is not enough.',
  async run(client) {
    await expectFlawsRefused(client, 'method other')
    await adviseTwiceRefused(client, 'mcp-method')
  },
  fault: overlooksHeader('mcp-method', (value) => value !== undefined && /^[a-z/]+$/.test(value)),
})
