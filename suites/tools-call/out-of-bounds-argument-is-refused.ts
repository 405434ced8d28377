import { defineCheck, expectBreachesRefused, servesAnything } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'A call with an argument outside its enum, range, length or pattern is refused',
  requirement: 'tools-inputs-validated',
  needs: ['tool'],
  hint: 'Every bound that the inputSchema publishes must hold on the server too; models rely on being told.',
  run: (client) => expectBreachesRefused(client, ['bounds']),
  fault: servesAnything(),
})
