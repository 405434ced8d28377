import { defineCheck, expectApart, sharedAnswers } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Requests of several tasks at once do not touch each other',
  requirement: 'versioning-interleaved-contexts',
  needs: ['modern', 'tool'],
  hint: 'One client may hold several conversations over one connection: keep nothing between requests in shared variables.',
  run: (client) => expectApart(client),
  fault: sharedAnswers,
})
