import { defineCheck, greeting, metaKeyParts, onResult } from '../../src/conformance/check.js'
import { assumeResult, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Extensions are named like keys of _meta, and always with a prefix',
  requirement: 'versioning-extension-id-format',
  needs: ['modern'],
  hint: 'com.example/name: dot-separated labels, a slash, and a name.',
  async run(client) {
    const { capabilities } = assumeResult(await client.request('server/discover'), 'server/discover')
    for (const key of Object.keys(capabilities?.extensions ?? {})) {
      const { prefix, name } = metaKeyParts(key)
      const labels = prefix?.split('.').every((label) => /^[a-z]([a-z0-9-]*[a-z0-9])?$/i.test(label))
      const named = name === '' || /^[a-z0-9]([\w.-]*[a-z0-9])?$/i.test(name)
      expect(
        labels === true && named,
        `the extension ${JSON.stringify(key)} is named otherwise`,
        'com.example/name',
        key,
      )
    }
  },
  fault: onResult(greeting, (result) => ({
    ...result,
    capabilities: { ...result.capabilities, extensions: { forecasts: {} } },
  })),
})
