import { defineCheck, isSecure, metadataDocuments, onMetadata } from '../../src/conformance/check.js'
import { advise, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The resource metadata names at least one authorization server by its URL',
  requirement: 'auth-prm-authorization-servers',
  needs: ['auth', 'oauth'],
  hint: 'authorization_servers is a list of issuer URLs, even when there is only one.',
  async run(client) {
    for (const { url, document } of await metadataDocuments(client)) {
      const servers: unknown = document.authorization_servers
      expect(
        Array.isArray(servers) && servers.length > 0,
        `${url} names no authorization server`,
        'authorization_servers: ["https://..."]',
        servers ?? 'no authorization_servers',
      )
      for (const server of servers as unknown[]) {
        const what = `an authorization server in ${url} is no absolute URL`
        expect(
          typeof server === 'string' && /^https?:\/\//i.test(server) && URL.canParse(server),
          what,
          'an https URL',
          server,
        )
        const judge: typeof expect =
          isSecure(client.facts.url) && client.facts.url.startsWith('http:') ? advise : expect
        judge(isSecure(server), `an authorization server in ${url} is not on https`, 'an https URL', server)
      }
    }
  },
  fault: onMetadata((document) => ({ ...document, authorization_servers: [] })),
})
