import { asksOnlyDeclared, defineCheck, serverAsks } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A client is asked for nothing that needs capabilities it did not declare (up to 2025-03-26)',
  requirement: 'lifecycle-negotiated-capabilities-should',
  callsTools: true,
  hint: 'Look at the capabilities of initialize before sending sampling, roots or elicitation requests; a client without them never answers.',
  run: asksOnlyDeclared,
  fault: () => serverAsks('sampling/createMessage', 'ping'),
})
