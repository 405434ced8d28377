import { defineCheck, requiredElicitations, requiresElicitations } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The error that wants an elicitation first lists those to complete',
  requirement: 'elicitation-error-lists-elicitations',
  needs: ['tool'],
  hint: 'Put them into data.elicitations; where there are none, -32042 is the wrong code.',
  async run(client) {
    for (const { data, entries } of await requiredElicitations(client))
      expect(entries.length > 0, 'error -32042 lists no elicitation', 'data.elicitations with entries', data)
  },
  fault: requiresElicitations([]),
})
