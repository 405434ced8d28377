import { defineCheck, eachBreach, expectNoCrash, isObject, servesAnything } from '../../src/conformance/check.js'
import { advise, describe } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A call with an argument that the inputSchema rules out is refused',
  requirement: 'tools-inputs-validated',
  needs: ['tool'],
  hint: 'The schema says additionalProperties: false; validators in strip mode drop what it forbids instead of telling the model.',
  run: (client) =>
    eachBreach(client, ['undeclared'], 1, ({ reply, what }) => {
      expectNoCrash(reply, what)
      const result = reply.response?.result
      advise(
        !isObject(result) || result.isError === true,
        `${what} should not succeed: its inputSchema has additionalProperties false`,
        'isError: true',
        describe(reply),
      )
    }),
  fault: servesAnything((args) => args?.gauntletUndeclared !== undefined),
})
