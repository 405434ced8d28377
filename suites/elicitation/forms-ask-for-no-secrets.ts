import { asksUnfitly, defineCheck, everyForm, isObject, namesSecret } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'No form asks for a password, a key, a token or the number of a card',
  requirement: 'elicitation-form-no-sensitive',
  needs: ['tool'],
  hint: 'What a user types into a form passes through the client and its model: send the user to a URL for secrets.',
  async run(client) {
    for (const { params, what } of await everyForm(client)) {
      const fields = Object.entries<any>(
        isObject(params.requestedSchema?.properties) ? params.requestedSchema.properties : {},
      )
      const told = fields.find(([name, field]) => [name, String(field?.title ?? '')].some(namesSecret))
      expect(!told, `${what} asks for what looks like a secret`, 'a URL for that', told)
    }
  },
  fault: asksUnfitly('elicitation/create', {
    message: 'Sign in',
    requestedSchema: { type: 'object', properties: { password: { type: 'string' } } },
  }),
})
