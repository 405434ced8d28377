import {
  challengesOf,
  defineCheck,
  mainDoors,
  onChallenge,
  stranger,
  usesOauth,
  visitors,
} from '../../src/conformance/check.js'
import { advise, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The challenge names the scheme under which the server takes credentials',
  requirement: 'auth-401-challenge',
  needs: ['auth'],
  hint: 'The challenge starts with the scheme: WWW-Authenticate: Bearer realm="mcp". A client looks for a scheme it can speak.',
  async run(client) {
    const oauth = usesOauth(client)
    const { header, scheme = '' } = client.given.credential ?? { header: 'authorization', scheme: '' }
    const wanted = oauth ? 'Bearer' : scheme
    if (!wanted || !/^authorization$/i.test(header))
      notApplicable('the credential has no scheme that a challenge could name')
    let seen = false
    for (const guest of [stranger, ...visitors(client, { 'a garbage token': client.canary('gk') })]) {
      for (const door of await mainDoors(client)) {
        const reply = await door.knock(guest.identity)
        reply.close()
        const { challenges } = challengesOf(reply)
        if (reply.status !== 401 || challenges.length === 0) continue
        seen = true
        const named = challenges.some((one) => one.scheme.toLowerCase() === wanted.toLowerCase())
        const judge: typeof expect = oauth ? expect : advise
        judge(
          named,
          `the challenge to ${door.name} ${guest.name} does not name the scheme ${wanted}`,
          `WWW-Authenticate: ${wanted} ...`,
          reply.header('www-authenticate'),
        )
      }
    }
    if (!seen) notApplicable('no 401 carries a challenge: see auth/refusals-carry-a-challenge')
  },
  fault: onChallenge((value) => value.replace(/^Bearer/, 'Token')),
})
