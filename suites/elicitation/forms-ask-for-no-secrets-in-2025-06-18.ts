import { asksUnfitly, defineCheck, expectNoSecrets } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'No form asks for a password, a key, a token or the number of a card (2025-06-18)',
  requirement: 'elicitation-no-sensitive-any',
  needs: ['tool'],
  hint: 'What a user types into a form passes through the client and its model; this revision knows no other way, so do not ask.',
  run: expectNoSecrets,
  fault: asksUnfitly('elicitation/create', {
    message: 'Sign in',
    requestedSchema: { type: 'object', properties: { password: { type: 'string' } } },
  }),
})
