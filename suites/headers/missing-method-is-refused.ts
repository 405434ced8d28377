import { defineCheck, expectFlawsRefused, overlooksHeader } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A request without the Mcp-Method header is refused',
  requirement: 'headers-method-required',
  hint: 'Gateways route by Mcp-Method: ask for it on every POST that carries a request, whatever its method.',
  run: (client) => expectFlawsRefused(client, 'method missing'),
  fault: overlooksHeader('mcp-method', (value) => value === undefined),
})
