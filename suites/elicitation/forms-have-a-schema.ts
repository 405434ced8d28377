import { asksUnfitly, defineCheck, everyElicitation, isObject } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A form has the mode form, or none, and a requestedSchema',
  requirement: 'elicitation-form-params',
  needs: ['tool'],
  hint: 'There are two modes, form and url; without a schema the client has nothing to show.',
  async run(client) {
    for (const { params, what } of await everyElicitation(client)) {
      const { mode = 'form', requestedSchema } = params
      expect(mode === 'form' || mode === 'url', `${what} has another mode`, '"form" or "url"', mode)
      if (mode === 'form') expect(isObject(requestedSchema), `${what} has no requestedSchema`, 'a schema', params)
    }
  },
  fault: asksUnfitly('elicitation/create', { message: 'Where is it?', schema: { type: 'object', properties: {} } }),
})
