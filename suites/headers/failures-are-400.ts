import {
  certainFlaws,
  defineCheck,
  doubtfulFlaws,
  eachFlawed,
  modernCodes,
  restates,
  throttled,
} from '../../src/conformance/check.js'
import { assume, expectStatus } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A request that is refused for its headers is answered with HTTP 400',
  requirement: 'headers-failure-http-400',
  hint: 'The HTTP status tells gateways and clients that the request was malformed: an error with 200 looks served.',
  async run(client) {
    let refused = 0
    await eachFlawed(client, [...certainFlaws(client), ...doubtfulFlaws], (reply, what) => {
      if (throttled(reply) || (reply.ok && reply.response?.error === undefined) || reply.status === 0) return
      refused++
      expectStatus(reply, 400, what)
    })
    assume(refused > 0, 'a request with wrong headers is refused')
  },
  fault: restates(modernCodes.headerMismatch, 200),
})
