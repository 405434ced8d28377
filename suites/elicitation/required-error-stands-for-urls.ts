import { defineCheck, isObject, requiredElicitations, requiresElicitations } from '../../src/conformance/check.js'
import { advise, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Error -32042 comes only where the user has to go to a URL',
  requirement: 'elicitation-error-only-for-url',
  needs: ['tool'],
  hint: 'Where nothing is to be done at a URL, answer with a result that has isError, or with another code.',
  async run(client) {
    for (const { data, entries, declared } of await requiredElicitations(client)) {
      const sent = entries.some((entry) => isObject(entry) && (entry.mode === 'url' || typeof entry.url === 'string'))
      expect(sent, 'error -32042 names no URL', 'another code, or a URL to go to', data)
      // The user may still find a way to that URL.
      advise(declared, 'error -32042 goes to a client that declared no URLs', 'a result with isError', data)
    }
  },
  fault: requiresElicitations([]),
})
