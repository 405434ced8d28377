import {
  approachByPost,
  defineCheck,
  expectUnserved,
  foreignOrigin,
  plainRequest,
} from '../../src/conformance/check.js'

export default defineCheck({
  title: 'POST with a foreign Origin is not served',
  requirement: 'security-origin-validation',
  callsTools: true,
  hint: 'Without the check any web page can drive a server on this machine by DNS rebinding: compare Origin with a list of your own (SDK: allowedOrigins with enableDnsRebindingProtection).',
  async run(client) {
    expectUnserved(client, await approachByPost(client), `Origin: ${foreignOrigin}`)
  },
  fault: {
    request: ({ headers: { origin: _, ...headers }, ...rest }) =>
      plainRequest.test(String(rest.message?.method)) ? { ...rest, headers } : undefined,
  },
})
