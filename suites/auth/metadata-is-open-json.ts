import { asksMetadata, defineCheck, metadataPlacesOf, onReply } from '../../src/conformance/check.js'
import { describe, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'The resource metadata is served to everybody, with 200 and application/json',
  requirement: 'auth-prm-json-200',
  needs: ['auth', 'oauth'],
  hint: 'Exempt /.well-known/* from the authentication and answer with res.json(...): a client has no token yet when it asks.',
  async run(client) {
    const places = await metadataPlacesOf(client)
    const found = places.some((place) => place.document !== undefined && place.reply.status === 200)
    const judged = places.filter(
      (place) =>
        place.document !== undefined ||
        (place.announced && place.reply.status !== 404) ||
        (!found && [401, 403].includes(place.reply.status)),
    )
    if (judged.length === 0) notApplicable('no metadata document was found: see auth/metadata-is-discoverable')
    for (const { url, reply } of judged)
      expect(
        reply.status === 200 && reply.type === 'application/json',
        `${url} is not open JSON`,
        'HTTP 200 application/json without credentials',
        describe(reply),
      )
  },
  fault: onReply(asksMetadata, (reply) => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/plain' } })),
})
