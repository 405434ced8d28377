import {
  announcedMetadata,
  challengeOf,
  defineCheck,
  mainDoors,
  metadataPlacesOf,
  onChallenge,
  stranger,
  visitors,
} from '../../src/conformance/check.js'
import { advise, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Every 401 says where the resource metadata lies',
  requirement: 'auth-challenge-resource-metadata',
  needs: ['auth', 'oauth'],
  hint: 'Clients of 2025-06-18 find the authorization server only through resource_metadata in WWW-Authenticate: pass resourceMetadataUrl to requireBearerAuth.',
  async run(client) {
    // Later revisions let the well-known places do instead, so a server that speaks them too is only warned.
    const judge: typeof expect = client.facts.revisions.some((revision) => revision > '2025-06-18') ? advise : expect
    for (const guest of [stranger, ...visitors(client, { 'a garbage token': client.canary('gk') })]) {
      for (const door of await mainDoors(client)) {
        const reply = await door.knock(guest.identity)
        reply.close()
        if (reply.status !== 401) continue
        const url = challengeOf(reply, 'Bearer')?.params.resource_metadata
        const what = `the 401 to ${door.name} ${guest.name} does not say where the metadata lies`
        judge(
          url !== undefined && URL.canParse(url),
          what,
          'WWW-Authenticate: Bearer resource_metadata="https://..."',
          reply.header('www-authenticate') ?? 'no WWW-Authenticate header',
        )
      }
    }
    const place = (await metadataPlacesOf(client)).find((one) => one.announced)
    const served = place === undefined || (place.reply.status === 200 && place.document !== undefined)
    expect(
      served,
      'the URL in resource_metadata holds no metadata',
      'HTTP 200 with a metadata document',
      `HTTP ${place?.reply.status} from ${announcedMetadata(client)}`,
    )
  },
  fault: onChallenge((value) => value.replace(/,?\s*resource_metadata="[^"]*"/, '')),
})
