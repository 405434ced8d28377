import { defineCheck, isModern, isRevision, modernCodes, onResult } from '../../src/conformance/check.js'
import { advise, assumeResult, describe, expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'server/discover lists the versions that the server serves, and no others',
  requirement: 'discover-versions-truthful',
  needs: ['modern'],
  hint: 'Clients take the newest version of the list that they know: list what requests are served in, the versions with a handshake only if initialize works.',
  async run(client) {
    const told = assumeResult(await client.request('server/discover'), 'server/discover').supportedVersions
    const listed: unknown[] = Array.isArray(told) ? told : []
    expect(listed.includes(client.revision), 'the version in use is not listed', client.revision, told)
    for (const version of new Set(listed.map(String))) {
      if (isRevision(version) && !isModern(version)) {
        const { opening } = await client.open({ revision: version })
        const agreed = opening.response?.result?.protocolVersion
        // The handshake may live at another URL.
        advise(
          agreed === version,
          `${version} is listed, but initialize does not agree to it`,
          version,
          describe(opening),
        )
        continue
      }
      const reply = await (await client.as({ offer: version })).request('server/discover')
      const refused = reply.response?.error?.code === modernCodes.unsupportedVersion
      expect(!refused, `${version} is listed but not served`, `a request in ${version} is served`, describe(reply))
    }
  },
  fault: onResult('server/discover', (result) => ({
    ...result,
    supportedVersions: [...result.supportedVersions, '2027-01-01'],
  })),
})
