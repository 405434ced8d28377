import { defineCheck, expectBreachesRefused, servesAnything } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A call without a required argument is refused',
  requirement: 'tools-inputs-validated',
  needs: ['tool'],
  hint: 'Check arguments against the inputSchema before the tool runs, for every tool; a default invented for a missing value hides mistakes of the model.',
  run: (client) => expectBreachesRefused(client, ['missing']),
  fault: servesAnything((args) => !args || Object.keys(args).length === 0),
})
