import { asksUnfitly, defineCheck, everyElicitation } from '../../src/conformance/check.js'
import { advise, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every elicitation has a message for the user',
  requirement: 'elicitation-message-present',
  needs: ['tool'],
  hint: 'message says why the user is asked; the titles of the form do not replace it.',
  async run(client) {
    for (const { params, what } of await everyElicitation(client)) {
      expect(typeof params.message === 'string', `${what} has no message`, 'a text', params)
      advise(params.message.trim() !== '', `the message of ${what} is empty`, 'why the user is asked', params)
    }
  },
  fault: asksUnfitly('elicitation/create', {
    requestedSchema: { type: 'object', properties: { agreed: { type: 'boolean' } } },
  }),
})
