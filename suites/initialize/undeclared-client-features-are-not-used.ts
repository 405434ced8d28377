import { askedBeyond, asksOnlyDeclared, defineCheck, serverAsks } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A client is asked for nothing that needs capabilities it did not declare',
  requirement: 'lifecycle-negotiated-capabilities',
  callsTools: true,
  last: true,
  hint: 'Look at the capabilities of initialize before sending sampling, roots or elicitation requests; a client without them never answers.',
  early: askedBeyond,
  run: asksOnlyDeclared,
  fault: () => serverAsks('sampling/createMessage', 'ping'),
})
