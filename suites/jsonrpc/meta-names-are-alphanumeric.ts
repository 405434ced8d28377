import { defineCheck, metaKeyParts, metaKeys, onResult, plainRequest } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title:
    'Names of _meta keys begin and end with a letter or digit, with only those, hyphens, underscores and dots between',
  requirement: 'jsonrpc-meta-key-name',
  atEachRevision: true,
  async run(client) {
    for (const { message } of (await client.survey()).received) {
      for (const key of metaKeys(message)) {
        const { name } = metaKeyParts(key)
        const held = name === '' || /^[a-z0-9]([\w.-]*[a-z0-9])?$/i.test(name)
        expect(
          held,
          `the name of the _meta key ${JSON.stringify(key)} is malformed`,
          'letters and digits at both ends; hyphens, underscores and dots between',
          message,
        )
      }
    }
  },
  fault: onResult(plainRequest, (result) => ({ ...result, _meta: { _trace: 1 } })),
})
