import { announcedMetadata, asksMetadata, defineCheck, metadataPlacesOf, onReply } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Protected resource metadata exists, and is where the challenge says',
  requirement: 'auth-prm-implemented',
  needs: ['auth', 'oauth'],
  hint: 'A resource_metadata URL that gives 404 is followed by clients all the same: build it from the public address, the prefix of a proxy included.',
  async run(client) {
    const places = await metadataPlacesOf(client)
    const elsewhere = announcedMetadata(client)
    const announced = places.find((place) => place.announced)
    if (elsewhere && URL.canParse(elsewhere) && !announced)
      notTestable(`the metadata lies on another host (${elsewhere}), which is not asked`)
    expect(
      elsewhere === undefined || URL.canParse(elsewhere),
      'resource_metadata is no absolute URL',
      'an absolute URL',
      elsewhere,
    )
    const judged = announced ? [announced] : places
    const found = judged.some(({ reply, document }) => reply.status === 200 && typeof document?.resource === 'string')
    expect(
      found,
      `no metadata document ${announced ? 'where the challenge says' : 'was found'}`,
      'HTTP 200 with a document that has a resource',
      Object.fromEntries(judged.map(({ url, reply }) => [url, `HTTP ${reply.status} ${reply.type}`])),
    )
  },
  fault: onReply(asksMetadata, { status: 404, body: 'not found' }),
})
