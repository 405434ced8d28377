import { defineCheck, metadataDocuments, onMetadata } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The resource identifier ends without a slash',
  requirement: 'auth-resource-no-trailing-slash',
  needs: ['auth', 'oauth'],
  hint: 'new URL(...).href adds a slash to a bare host; cut it off, so that token audiences and metadata are spelled alike.',
  async run(client) {
    const { pathname } = new URL(client.facts.url)
    const significant = pathname !== '/' && pathname.endsWith('/')
    for (const { url, document } of await metadataDocuments(client)) {
      const held = significant || typeof document.resource !== 'string' || !document.resource.endsWith('/')
      expect(
        held,
        `resource in ${url} ends with a slash`,
        String(document.resource).replace(/\/$/, ''),
        document.resource,
      )
    }
  },
  fault: onMetadata((document) => ({ ...document, resource: `${document.resource}/` })),
})
