import {
  challengesOf,
  defineCheck,
  entrance,
  metadataPlacesOf,
  onMetadata,
  stranger,
} from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

const scope = 'offline_access'

export default defineCheck({
  title: 'Neither challenge nor metadata ask for the scope offline_access',
  requirement: 'auth-no-offline-access',
  needs: ['auth', 'oauth'],
  hint: 'Whether a client may refresh its token is between it and the authorization server; leave offline_access out of both.',
  async run(client) {
    const reply = await entrance(client).knock(stranger.identity)
    reply.close()
    const named = challengesOf(reply).challenges.flatMap(({ params }) => params.scope ?? [])
    const documents = (await metadataPlacesOf(client)).flatMap(({ document }) => document?.scopes_supported ?? [])
    if (named.length + documents.length === 0) notApplicable('neither challenge nor metadata name any scope')
    const inChallenge = named.some((one) => one.split(/\s+/).includes(scope))
    expect(!inChallenge, `the challenge asks for ${scope}`, 'scopes of this server', named)
    expect(!documents.includes(scope), `scopes_supported names ${scope}`, 'scopes of this server', documents)
  },
  fault: onMetadata((document) => ({ ...document, scopes_supported: [...(document.scopes_supported ?? []), scope] })),
})
