import { blobProblem, defineCheck, isObject, isUri, promptBlocks, promptWith } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Resources embedded in prompts have a URI, a MIME type and text or a base64 blob',
  requirement: 'prompts-embedded-resource-fields',
  needs: ['capability:prompts'],
  hint: 'mimeType is optional in resources/read but not here.',
  async run(client) {
    for (const { block, what } of await promptBlocks(client, 'resource')) {
      const { resource } = block
      expect(isObject(resource), `${what} needs a resource`, 'an object', resource)
      expect(
        typeof resource.uri === 'string' && isUri(resource.uri),
        `the resource of ${what} needs a valid URI`,
        'a URI',
        resource.uri,
      )
      expect(
        /^[\w.+-]+\/[\w.+-]+/.test(String(resource.mimeType)),
        `the resource of ${what} needs a MIME type`,
        'type/subtype',
        resource.mimeType,
      )
      const problem = typeof resource.text === 'string' ? undefined : blobProblem(resource.blob, resource.mimeType)
      expect(!problem, `the resource of ${what} needs text or a base64 blob (${problem})`, 'text or blob', resource)
    }
  },
  fault: promptWith({ type: 'resource', resource: { uri: 'gauntlet://some', text: 'some' } }),
})
