import { adviseTwiceRefused, defineCheck, expectFlawsRefused, overlooksHeader } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A request whose Mcp-Name header differs from the name or URI in its body is refused',
  requirement: 'headers-name-mismatch-rejected',
  hint: 'A gateway lets one tool through by the header while the server runs another: compare the decoded value with params.name or params.uri.',
  async run(client) {
    await expectFlawsRefused(client, 'name other')
    await adviseTwiceRefused(client, 'mcp-name')
  },
  fault: overlooksHeader('mcp-name', (value) => value !== undefined),
})
