import {
  challengeIsOptional,
  challengesOf,
  defineCheck,
  everyRevision,
  onChallenge,
  shownIn,
  unauthorizedReplies,
} from '../../src/conformance/check.js'
import { advise, assume, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every 401 carries a WWW-Authenticate challenge',
  requirement: 'auth-401-challenge',
  needs: ['auth'],
  revisions: everyRevision,
  hint: 'Send WWW-Authenticate: Bearer ... with each 401, for missing, malformed and bad tokens alike: clients start to sign in only on it.',
  async run(client) {
    const refused = await unauthorizedReplies(client)
    assume(refused.length > 0, 'something is refused with 401')
    const judge: typeof expect = (await challengeIsOptional(client)) ? advise : expect
    for (const { what, reply } of refused) {
      const { challenges } = challengesOf(reply)
      const sent = reply.header('www-authenticate') ?? 'no WWW-Authenticate header'
      judge(challenges.length > 0, `the 401 to ${what} carries no challenge`, 'WWW-Authenticate: <scheme> ...', sent)
    }
  },
  fault: onChallenge((value, request) => (shownIn(request) === undefined ? value : undefined)),
})
