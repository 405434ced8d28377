import { defineCheck, isSecure, metadataDocuments, onMetadata } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The resource identifier is an https URL without a fragment',
  requirement: 'auth-prm-resource-https',
  needs: ['auth', 'oauth'],
  hint: 'Behind TLS termination the framework sees http: set the public base URL or trust X-Forwarded-Proto of your proxy.',
  async run(client) {
    for (const { url, document } of await metadataDocuments(client)) {
      const { resource } = document
      expect(
        typeof resource === 'string' && URL.canParse(resource),
        `resource in ${url} is no absolute URL`,
        'an https URL',
        resource ?? 'no resource',
      )
      expect(!resource.includes('#'), `resource in ${url} has a fragment`, 'no fragment', resource)
      expect(isSecure(resource), `resource in ${url} is not on https`, 'https (http on this machine)', resource)
    }
  },
  fault: onMetadata((document) => ({ ...document, resource: `${document.resource}#mcp` })),
})
