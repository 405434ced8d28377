import { defineCheck, eachBreach, expectNotServed, servesAnything } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Until 2025-06-18 invalid arguments are answered with a JSON-RPC error or with isError, never with success',
  requirement: 'tools-invalid-args-error-legacy',
  needs: ['tool'],
  hint: 'Validate arguments in every revision you speak, not only for clients of the newest.',
  run: (client) =>
    eachBreach(client, ['missing', 'type', 'bounds'], 3, ({ reply, what }) => expectNotServed(reply, what)),
  fault: servesAnything(),
})
