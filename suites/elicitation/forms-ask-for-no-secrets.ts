import { asksUnfitly, defineCheck, expectNoSecrets } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'No form asks for a password, a key, a token or the number of a card',
  requirement: 'elicitation-form-no-sensitive',
  needs: ['tool'],
  hint: 'What a user types into a form passes through the client and its model: send the user to a URL for secrets.',
  run: expectNoSecrets,
  fault: asksUnfitly('elicitation/create', {
    message: 'Enter your API key',
    requestedSchema: { type: 'object', properties: { answer: { type: 'string' } } },
  }),
})
