import { asksUnfitly, defineCheck, everyForm } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Forms show no links to follow',
  requirement: 'elicitation-form-no-clickable-url',
  needs: ['tool'],
  hint: 'A link in a form looks as if the client vouched for it: send the user there by an elicitation in URL mode.',
  async run(client) {
    for (const { params, what } of await everyForm(client)) {
      const texts = JSON.stringify([params.message, params.requestedSchema?.properties])
      const link = /https?:\/\/[^\s"\\]+/i.exec(texts)?.[0]
      expect(link === undefined, `${what} shows a link`, 'no link', link)
    }
  },
  fault: asksUnfitly('elicitation/create', {
    message: 'Agree to https://weather.example/terms',
    requestedSchema: { type: 'object', properties: { agreed: { type: 'boolean' } } },
  }),
})
