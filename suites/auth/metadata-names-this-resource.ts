import { defineCheck, metadataDocuments, onMetadata, rightResources } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

const spelled = (url: unknown) =>
  typeof url === 'string' && URL.canParse(url) ? new URL(url).href.replace(/\/$/, '') : undefined

export default defineCheck({
  title: 'The resource metadata is about this server',
  requirement: 'auth-prm-resource-matches',
  needs: ['auth', 'oauth'],
  hint: 'resource must be the URL that clients use: public scheme, host, port and path. Behind a proxy set the public base URL; clients refuse metadata of another resource.',
  async run(client) {
    for (const { url, document } of await metadataDocuments(client)) {
      const right = rightResources(client, url)
      const held = right.some((one) => spelled(one) === spelled(document.resource))
      expect(
        held,
        `${url} is about another resource`,
        right.length === 1 ? right[0] : { 'one of': right },
        document.resource ?? 'no resource',
      )
    }
  },
  fault: onMetadata((document) => ({
    ...document,
    resource: document.resource.replace(/^http:\/\/127\.0\.0\.1:\d+/, 'http://localhost:3000'),
  })),
})
