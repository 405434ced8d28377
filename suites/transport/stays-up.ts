import { calls, defineCheck, expectStaysUp } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'The server is there from the first request to the last, whatever it is asked',
  requirement: 'transport-multiple-clients',
  hint: 'One request ended the process for all clients: its last lines on stderr name the exception. Handlers must turn it into an error.',
  watches: true,
  run: expectStaysUp,
  fault: () => {
    let died = false
    return {
      dies(request) {
        if (died || !calls('tools/call')(request)) return undefined
        died = true
        return 300
      },
    }
  },
})
