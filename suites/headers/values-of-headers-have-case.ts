import { defineCheck, expectFlawsRefused, overlooksHeader } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Values of mirrored headers in another case than in the body are refused',
  requirement: 'headers-values-case-sensitive',
  hint: 'Compare values as they are: TOOLS/LIST is not tools/list, and the marker =?base64? has small letters.',
  run: (client) => expectFlawsRefused(client, 'case', 'argument case'),
  fault: overlooksHeader('mcp-method', (value, right) => value?.toLowerCase() === right.toLowerCase()),
})
