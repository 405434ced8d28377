import { defineCheck, isObject, requiredElicitations, requiresElicitations } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'What the error that wants an elicitation first lists are URLs with an elicitationId',
  requirement: 'elicitation-error-entries-url-mode',
  needs: ['tool'],
  hint: 'Each entry has the params of an elicitation/create: mode "url", elicitationId, url and message.',
  async run(client) {
    for (const entry of (await requiredElicitations(client)).flatMap(({ entries }) => entries)) {
      const fits = isObject(entry) && entry.mode === 'url' && [entry.elicitationId, entry.url].every(isText)
      expect(fits, 'an entry of error -32042 is no URL with an id', 'mode "url", url and elicitationId', entry)
    }
  },
  fault: requiresElicitations([{ mode: 'url', message: 'Sign in', url: 'https://weather.example/enter' }]),
})

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}
