import { askedUrlIds, completesUrls, completionsIn, defineCheck, urlReceived } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'That an elicitation by URL is complete is told to nobody but the client that was asked',
  requirement: 'elicitation-complete-initiator-only',
  needs: ['tool'],
  last: true,
  hint: 'Send notifications/elicitation/complete in the session whose request started it, and in no other.',
  async run(client) {
    const { received } = await client.survey()
    const asked = (await urlReceived(client)).flatMap(askedUrlIds)
    if (asked.length === 0) notApplicable('no named tool sends the user to a URL')
    const [told] = completionsIn(received)
    expect(!told, 'a client that was asked for nothing is told that an elicitation is complete', 'silence', told)
  },
  fault: completesUrls({}, true),
})
