import { defineCheck, expectBreachesRefused, servesAnything } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A call with an argument of the wrong type is refused',
  requirement: 'tools-inputs-validated',
  needs: ['tool'],
  hint: 'Validate arguments with the published inputSchema itself (ajv, jsonschema): casts such as String(x) let anything pass.',
  run: (client) => expectBreachesRefused(client, ['type']),
  fault: servesAnything(),
})
