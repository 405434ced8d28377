import {
  authorize,
  defineCheck,
  isConsent,
  issuerThat,
  leadsTo,
  ownRedirect,
  signIn,
} from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

const foreign = ['https://evil.example/callback', `${ownRedirect}.evil.example/`, `${ownRedirect}/../elsewhere`]

export default defineCheck({
  title: 'A server that signs people in itself sends nobody to a place that was not registered',
  requirement: 'auth-redirect-uri-validated',
  needs: ['auth', 'oauth', 'loopback'],
  hint: 'Compare redirect_uri with the registered ones as whole strings before any answer, errors included, goes there.',
  async run(client) {
    const { known, control } = await signIn(client)
    for (const redirect of foreign) {
      for (const changes of [{}, { response_type: 'none' }]) {
        const reply = await authorize(client, known, { redirect_uri: redirect, ...changes })
        const led = leadsTo(reply)?.href.startsWith(new URL(redirect).href) || (isConsent(reply) && isConsent(control))
        expect(!led, `redirect_uri ${redirect} was not registered`, 'a refusal on the spot', describe(reply))
      }
    }
  },
  fault: issuerThat(
    () => true,
    (query) => {
      if (query.get('response_type') === 'code')
        return { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Continue?</p>' }
      return { status: 302, headers: { location: `${query.get('redirect_uri')}?error=unsupported_response_type` } }
    },
  ),
})
