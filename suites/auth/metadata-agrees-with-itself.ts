import { asksMetadata, defineCheck, metadataDocuments, onMetadata } from '../../src/conformance/check.js'
import { advise, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Metadata of the same resource says the same at every place',
  requirement: 'auth-prm-implemented',
  needs: ['auth', 'oauth'],
  hint: 'Serve one document at both well-known places; clients take whichever they find first.',
  async run(client) {
    const [first, ...others] = await metadataDocuments(client)
    const same = others.filter(({ document }) => document.resource === first!.document.resource)
    if (same.length === 0) notApplicable('only one document describes the resource')
    const servers = (document: Record<string, any>) => JSON.stringify([document.authorization_servers].flat().sort())
    for (const { url, document } of same)
      advise(
        servers(document) === servers(first!.document),
        `${url} and ${first!.url} name other authorization servers`,
        first!.document.authorization_servers,
        document.authorization_servers,
      )
  },
  fault: onMetadata((document, request) =>
    asksMetadata(request) && /resource$/.test(request.url)
      ? { ...document, authorization_servers: ['https://login.example'] }
      : document,
  ),
})
