import { defineCheck, expectNoCrash, listedUris, mayBeTemplated, servesRefused } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A listed URI under a scheme the server does not have is not served',
  requirement: 'resources-uri-validated',
  needs: ['capability:resources'],
  hint: 'Compare the whole URI, scheme included, not only its path.',
  async run(client) {
    const survey = await client.survey()
    const uris = listedUris(survey)
      .slice(0, 5)
      .map((uri) => uri.replace(/^[^:]*:/, 'gauntlet-foreign:'))
    const foreign = uris.filter((uri) => uri.startsWith('gauntlet-foreign:') && !mayBeTemplated(uri, survey))
    if (foreign.length === 0) notTestable('resources/list shows no resources')
    for (const uri of foreign) {
      const reply = await client.request('resources/read', { uri })
      expectNoCrash(reply, `a read of ${uri}`)
      const contents = reply.response?.result?.contents
      expect(
        !Array.isArray(contents) || contents.length === 0,
        `a read of ${uri} must not succeed`,
        'a JSON-RPC error',
        contents,
      )
    }
  },
  fault: servesRefused('resources/read', (params) => ({ contents: [{ uri: params.uri, text: 'some' }] })),
})
