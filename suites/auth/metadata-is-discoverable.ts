import {
  announcedMetadata,
  asksMetadata,
  defineCheck,
  instead,
  json,
  metadataPlacesOf,
} from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The resource metadata is found through the challenge or at a well-known place',
  requirement: 'auth-prm-discoverable',
  needs: ['auth', 'oauth'],
  hint: 'Serve /.well-known/oauth-protected-resource (and the same followed by the path of the endpoint), open to everybody, or clients never learn where to sign in.',
  async run(client) {
    const places = await metadataPlacesOf(client)
    const found = places.some(({ reply, document }) => reply.status === 200 && document)
    const elsewhere = announcedMetadata(client)
    if (!found && elsewhere && URL.canParse(elsewhere) && !places.some((place) => place.announced))
      notTestable(`the metadata lies on another host (${elsewhere}), which is not asked`)
    expect(
      found,
      'no metadata was found',
      'HTTP 200 with a JSON document at one of the places',
      Object.fromEntries(places.map(({ url, reply }) => [url, `HTTP ${reply.status} ${reply.type}`])),
    )
  },
  fault: instead(asksMetadata, () => json(404, { error: 'not found' })),
})
