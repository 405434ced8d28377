import {
  askedUrlIds,
  completesUrls,
  completionsIn,
  defineCheck,
  requiredUrlIds,
  urlReceived,
} from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Who tells that an elicitation by URL is complete gives the elicitationId it was asked for with',
  requirement: 'elicitation-complete-has-id',
  needs: ['tool'],
  hint: 'Keep the elicitationId beside the pending interaction, and put it into the params of notifications/elicitation/complete.',
  async run(client) {
    const received = await urlReceived(client)
    const completions = received.flatMap(completionsIn)
    if (completions.length === 0) notApplicable('no named tool tells that an elicitation is complete')
    const known = received.flatMap((one) => [...askedUrlIds(one), ...requiredUrlIds(one)])
    for (const { params } of completions)
      expect(
        typeof params?.elicitationId === 'string' && known.includes(params.elicitationId),
        'an elicitation is told to be complete that nobody was asked for',
        known,
        params,
      )
  },
  fault: completesUrls({ elicitationId: 'gauntlet-other' }),
})
