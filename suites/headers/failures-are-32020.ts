import {
  certainFlaws,
  defineCheck,
  eachFlawed,
  expectErrorCode,
  modernCodes,
  recodes,
} from '../../src/conformance/check.js'
import { assume } from '../../src/conformance/expect.js'

const { headerMismatch, unsupportedVersion } = modernCodes

export default defineCheck({
  title: 'A request that is refused for its headers is answered with the code -32020',
  requirement: 'headers-failure-code-32020',
  hint: 'Clients take a 400 without a code of this revision for a sign of an old server, and fall back to initialize.',
  async run(client) {
    let refused = 0
    const judge = (codes: number[]) => (reply: Parameters<typeof expectErrorCode>[0], what: string) => {
      if (reply.ok && reply.response?.error === undefined) return
      refused++
      expectErrorCode(reply, codes, what)
    }
    await eachFlawed(client, certainFlaws(client), judge([headerMismatch]))
    // The version of the header may be looked at before it is compared.
    if (!client.facts.otherEra) await eachFlawed(client, ['version other'], judge([headerMismatch, unsupportedVersion]))
    assume(refused > 0, 'a request with wrong headers is refused')
  },
  fault: recodes(headerMismatch, -32600),
})
