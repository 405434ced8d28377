import { defineCheck, eachModernError, modernCodes, onError } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

const defined: number[] = Object.values(modernCodes)

export default defineCheck({
  title: 'Of the codes that the protocol reserves the server uses those that are defined',
  requirement: 'jsonrpc-no-undefined-reserved-code',
  needs: ['modern'],
  hint: '-32020 to -32099 belong to the specification: take a code outside of -32768 to -32000 for your own errors.',
  last: true,
  async run(client) {
    await eachModernError(client, (error, what) => {
      const reserved = error.code <= -32020 && error.code >= -32099
      expect(
        !reserved || error.code === -32042 || defined.includes(error.code),
        `${what}: a reserved code without meaning`,
        defined,
        error,
      )
    })
  },
  fault: onError((error) => ({ ...error, code: error.code === -32602 ? -32050 : error.code })),
})
