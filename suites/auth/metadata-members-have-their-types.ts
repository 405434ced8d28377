import { defineCheck, metadataDocuments, onMetadata } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

const lists = [
  'scopes_supported',
  'bearer_methods_supported',
  'resource_signing_alg_values_supported',
  'authorization_servers',
]
const urls = ['jwks_uri', 'resource_documentation', 'resource_policy_uri', 'resource_tos_uri']

export default defineCheck({
  title: 'The members of the resource metadata have the types of RFC 9728',
  requirement: 'auth-prm-implemented',
  needs: ['auth', 'oauth'],
  hint: 'scopes_supported and bearer_methods_supported are arrays of texts, not one text with spaces.',
  async run(client) {
    for (const { url, document } of await metadataDocuments(client)) {
      for (const name of lists) {
        const value: unknown = document[name]
        const held = value === undefined || (Array.isArray(value) && value.every((one) => typeof one === 'string'))
        expect(held, `${name} in ${url} is no array of texts`, 'an array of texts', value)
      }
      for (const name of urls) {
        const value: unknown = document[name]
        expect(
          value === undefined || (typeof value === 'string' && URL.canParse(value)),
          `${name} in ${url} is no URL`,
          'an absolute URL',
          value,
        )
      }
    }
  },
  fault: onMetadata((document) => ({ ...document, bearer_methods_supported: 'header' })),
})
