import { asksUnfitly, defineCheck, expectRequestsValid } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Elicitation requests have a message and a flat schema of primitive members',
  requirement: 'schema-elicitation-request',
  needs: ['tool'],
  run: (client) => expectRequestsValid(client, 'elicitation/create', 'ElicitRequest'),
  fault: asksUnfitly('elicitation/create', {}),
})
