import { challengeOf, defineCheck, entrance, onChallenge, readJwt, stranger } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The challenge to a stranger names the scopes that are needed',
  requirement: 'auth-challenge-scope',
  needs: ['auth', 'oauth'],
  hint: 'Add scope="..." to the 401’s WWW-Authenticate, so that clients ask for what is needed and no more.',
  async run(client) {
    const { metadata, challenge } = client.facts.auth
    const claims = readJwt(client.given.credential?.token ?? '')?.claims
    const supported = metadata?.document.scopes_supported
    const known =
      (Array.isArray(supported) && supported.length > 0) ||
      claims?.scope ||
      claims?.scp ||
      client.given.bad['insufficient-scope'] ||
      /scope\s*=/.test(challenge ?? '')
    if (!known) notApplicable('nothing shows that the server knows scopes')
    const reply = await entrance(client).knock(stranger.identity)
    reply.close()
    if (reply.status !== 401 || reply.header('www-authenticate') === undefined)
      notApplicable('the refusal carries no challenge: see auth/refusals-carry-a-challenge')
    const scope = challengeOf(reply, 'Bearer')?.params.scope
    expect(
      scope !== undefined && scope.trim() !== '',
      'the challenge names no scope',
      'WWW-Authenticate: Bearer scope="..."',
      reply.header('www-authenticate'),
    )
  },
  fault: onChallenge((value) => value.replace(/,?\s*scope="[^"]*"/, '')),
})
