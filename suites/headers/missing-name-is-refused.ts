import { defineCheck, expectFlawsRefused, overlooksHeader } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'tools/call, resources/read and prompts/get without the Mcp-Name header are refused',
  requirement: 'headers-name-required',
  hint: 'Ask for Mcp-Name on all three methods; for resources/read it repeats the URI.',
  run: (client) => expectFlawsRefused(client, 'name missing'),
  fault: overlooksHeader('mcp-name', (value) => value === undefined),
})
