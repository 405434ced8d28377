import {
  capabilitiesFrom,
  defineCheck,
  nameOfCall,
  needQuestions,
  requestsOf,
  takesMode,
} from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Forms and URLs are sent only to clients that declare the mode',
  requirement: 'elicitation-mode-supported',
  needs: ['modern', 'tool'],
  revisions: { first: '2026-07-28' },
  hint: 'An empty elicitation capability stands for forms; a client that names url alone takes no forms.',
  async run(client) {
    for (const call of await needQuestions(client))
      for (const elicitation of [{}, { form: {} }, { url: {} }]) {
        const options = { meta: { clientCapabilities: { elicitation } } }
        const reply = await client.request(call.method, call.params, options)
        for (const { method, params, request } of requestsOf(reply.response?.result ?? {}))
          expect(
            method !== 'elicitation/create' || takesMode(elicitation, params),
            `${nameOfCall(call)} asks a client that declares ${JSON.stringify({ elicitation })} in another mode`,
            'a mode that the client declared',
            request,
          )
      }
  },
  fault: capabilitiesFrom((own) => (own?.elicitation ? { elicitation: { form: {} } } : own)),
})
