import {
  capabilitiesFrom,
  defineCheck,
  elicitedByModes,
  inEitherWay,
  serverAsks,
  takesMode,
} from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

const url = { mode: 'url', message: 'Sign in', url: 'https://weather.example/in', elicitationId: 'one' }

export default defineCheck({
  title: 'Forms and URLs are sent only to clients that declare the mode',
  requirement: 'elicitation-mode-supported',
  needs: ['tool'],
  hint: 'An empty elicitation capability stands for forms; a client that names url alone takes no forms.',
  async run(client) {
    for (const { declared, params, what } of await elicitedByModes(client))
      expect(
        takesMode(declared, params),
        `${what} goes to a client that declares ${JSON.stringify({ elicitation: declared })}, in another mode`,
        'a mode that the client declared',
        params,
      )
  },
  fault: () => ({
    ...inEitherWay(serverAsks('elicitation/create', 'tools/call', url)),
    ...capabilitiesFrom((own) => (own?.elicitation ? { elicitation: { form: {} } } : own)),
  }),
})
