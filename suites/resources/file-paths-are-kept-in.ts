import {
  climbingReads,
  defineCheck,
  isForeign,
  listedUris,
  mayBeTemplated,
  resolvedFile,
  servesRefused,
} from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'File URIs do not lead out of the folders that the server offers',
  requirement: 'resources-path-traversal-blocked',
  needs: ['capability:resources'],
  hint: 'Resolve the decoded path, symbolic links included, and compare it with the root before you open the file.',
  async run(client) {
    const survey = await client.survey()
    for (const { uri, served, text } of await climbingReads(client)) {
      const file = resolvedFile(uri)
      const outside = file !== undefined && !mayBeTemplated(file, survey) && !listedUris(survey).includes(file)
      const escaped = served > 0 && (outside || isForeign(text))
      expect(!escaped, `a read of ${uri} led out of what the server offers`, 'a JSON-RPC error', text.slice(0, 100))
    }
  },
  fault: servesRefused('resources/read', (params) =>
    /^file:.*(\.\.|%2e)/i.test(params.uri) ? { contents: [{ uri: params.uri, text: 'top secret' }] } : { contents: [] },
  ),
})
