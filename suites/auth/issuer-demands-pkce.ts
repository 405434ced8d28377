import { authorize, defineCheck, isConsent, issuerThat, leadsTo, signIn } from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server that signs people in itself refuses requests without PKCE',
  requirement: 'auth-pkce-required',
  needs: ['auth', 'oauth', 'loopback'],
  hint: 'Refuse an authorization request without code_challenge before anything is shown, also when the parameter is empty.',
  async run(client) {
    const { known } = await signIn(client)
    for (const challenge of [undefined, '']) {
      const reply = await authorize(client, known, { code_challenge: challenge, code_challenge_method: undefined })
      const goesOn = isConsent(reply) || leadsTo(reply)?.searchParams.has('code')
      const how = challenge === undefined ? 'without code_challenge' : 'with an empty code_challenge'
      expect(!goesOn, `a request ${how} is let through`, 'error=invalid_request', describe(reply))
    }
  },
  fault: issuerThat(
    () => true,
    () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Continue?</p>' }),
  ),
})
