import { defineCheck, issuerThat, register, registration } from '../../src/conformance/check.js'
import { describe, expect } from '../../src/conformance/expect.js'

const unsafe = ['http://client.example/callback', 'http://localhost.client.example/callback']

export default defineCheck({
  title: 'A server that registers clients itself takes only redirects to https or to the own machine',
  requirement: 'auth-redirect-uri-localhost-or-https',
  needs: ['auth', 'oauth', 'loopback'],
  hint: 'Parse redirect URIs and compare scheme and host as a whole when a client registers; refuse with invalid_redirect_uri.',
  async run(client) {
    const { registrationEndpoint } = await registration(client)
    for (const redirect of unsafe) {
      const reply = await register(client, registrationEndpoint, redirect)
      expect(!reply.ok, `a client was registered that is sent back to ${redirect}`, 'HTTP 400', describe(reply))
    }
  },
  fault: issuerThat(
    () => true,
    () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Continue?</p>' }),
  ),
})
