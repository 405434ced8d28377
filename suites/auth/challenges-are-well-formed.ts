import { challengesOf, defineCheck, mainDoors, onChallenge, stranger, visitors } from '../../src/conformance/check.js'
import { advise, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Challenges can be parsed: a scheme, then name="value" pairs between commas',
  requirement: 'auth-401-challenge',
  needs: ['auth'],
  hint: 'URLs and lists must stand in double quotes, and commas between the parameters: Bearer realm="mcp", resource_metadata="https://...".',
  async run(client) {
    let seen = false
    for (const guest of [stranger, ...visitors(client, { 'a garbage token': client.canary('gk') })]) {
      for (const door of await mainDoors(client)) {
        const reply = await door.knock(guest.identity)
        reply.close()
        const value = reply.header('www-authenticate')
        if (reply.status !== 401 || value === undefined) continue
        seen = true
        advise(
          challengesOf(reply).wellFormed,
          `the challenge to ${door.name} ${guest.name} breaks the grammar of WWW-Authenticate`,
          'Bearer name="value", name="value"',
          value,
        )
      }
    }
    if (!seen) notApplicable('no 401 carries a challenge: see auth/refusals-carry-a-challenge')
  },
  fault: onChallenge((value) => value.replaceAll('"', '').replace('weather', 'the weather: all')),
})
