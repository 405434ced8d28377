import { askedUrlIds, defineCheck, sendsToUrl, urlReceived } from '../../src/conformance/check.js'
import { advise, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Elicitations by URL of two clients have different elicitationIds',
  requirement: 'elicitation-id-unique',
  needs: ['tool'],
  hint: 'Make the id anew for each elicitation, as by crypto.randomUUID(): not a name, and no counter of the session.',
  async run(client) {
    const ids = (await urlReceived(client)).map((one) => askedUrlIds(one).filter((id) => typeof id === 'string'))
    if (ids.some((one) => one.length === 0)) notApplicable('no named tool sends two clients to a URL')
    const shared = ids[0]!.find((id) => ids[1]!.includes(id))
    // A user who is known may be asked for the same thing once more.
    if (client.given.credential)
      advise(shared === undefined, 'two sessions of a user get the same id', 'an id of its own', shared)
    else expect(shared === undefined, 'elicitations of two sessions have the same id', 'an id of its own', shared)
  },
  fault: sendsToUrl({}),
})
