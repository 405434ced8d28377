import { defineCheck, metaKeyParts, metaKeys, onResult, plainRequest } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

const topLevel = new Set(['com', 'org', 'net', 'io', 'dev', 'ai', 'app', 'co', 'edu', 'gov', 'info', 'cloud'])

export default defineCheck({
  title: 'Prefixes of _meta keys are domain names read backwards',
  requirement: 'jsonrpc-meta-key-reverse-dns',
  hint: 'com.example/name instead of example.com/name.',
  async run(client) {
    for (const { message } of (await client.survey()).received) {
      for (const key of metaKeys(message)) {
        const labels = metaKeyParts(key).prefix?.toLowerCase().split('.') ?? []
        const forwards =
          labels.length > 1 && topLevel.has(labels.at(-1)!) && !topLevel.has(labels[0]!) && labels[0]!.length > 2
        expect(
          !forwards,
          `the prefix of the _meta key ${JSON.stringify(key)} is a domain name read forwards`,
          'reverse DNS order',
          message,
        )
      }
    }
  },
  fault: onResult(plainRequest, (result) => ({ ...result, _meta: { 'example.com/trace': 1 } })),
})
