import { defineCheck, metaKeyParts, metaKeys, onResult, plainRequest } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Prefixes of _meta keys are dot-separated labels that start with a letter',
  requirement: 'jsonrpc-meta-key-prefix',
  atEachRevision: true,
  hint: 'Write keys as com.example/name: letters, digits and hyphens between the dots, no underscores.',
  async run(client) {
    for (const { message } of (await client.survey()).received) {
      for (const key of metaKeys(message)) {
        const { prefix } = metaKeyParts(key)
        const held =
          prefix === undefined || prefix.split('.').every((label) => /^[a-z]([a-z0-9-]*[a-z0-9])?$/i.test(label))
        expect(
          held,
          `the prefix of the _meta key ${JSON.stringify(key)} is malformed`,
          'labels such as com.example',
          message,
        )
      }
    }
  },
  fault: onResult(plainRequest, (result) => ({ ...result, _meta: { 'com..example/trace': 1 } })),
})
