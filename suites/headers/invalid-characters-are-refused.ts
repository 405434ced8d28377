import { defineCheck, expectFlawsRefused, overlooksHeader } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Mcp-Method and Mcp-Name with characters that no header may have are refused',
  requirement: 'headers-invalid-chars-rejected',
  hint: 'Do not strip or replace bytes beyond ASCII before you compare: a value with such a byte is invalid as a whole.',
  run: (client) => expectFlawsRefused(client, 'bytes'),
  fault: overlooksHeader('mcp-name', (value) => /[^\t -~]/.test(value ?? '')),
})
