import { answersElsewhere, defineCheck } from '../../src/conformance/check.js'
import { assume, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A server on this machine listens on loopback only',
  requirement: 'security-bind-loopback',
  needs: ['loopback'],
  hint: "Name the address when you listen: listen(port, '127.0.0.1'); in a container publish the port as 127.0.0.1:3000:3000.",
  async run(client) {
    const { control, elsewhere } = await answersElsewhere(client)
    assume(control.status !== 0, 'a ping without credentials is answered somehow', control)
    const [found] = elsewhere
    expect(
      found === undefined,
      `the server answers at ${found?.address} as well, where other machines may reach it`,
      'no answer',
      found && describe(found.reply),
    )
  },
  fault: { everywhere: true },
})
