import { asksUnfitly, defineCheck, expectRequestsValid } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Sampling requests name messages and maxTokens',
  requirement: 'schema-sampling-request',
  needs: ['tool'],
  run: (client) => expectRequestsValid(client, 'sampling/createMessage', 'CreateMessageRequest'),
  fault: asksUnfitly('sampling/createMessage', {}),
})
