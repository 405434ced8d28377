import { blocksOf, defineCheck, isBase64, onResult, toolResults } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Images, audio and blobs in tool results are plain base64, images and audio with a mimeType',
  requirement: 'schema-content-base64',
  needs: ['tool'],
  atEachRevision: true,
  hint: 'Send bare base64 of the standard alphabet with padding: no data: prefix, no line breaks, no base64url.',
  async run(client) {
    for (const { block, what } of blocksOf(await toolResults(client))) {
      const media = block.type === 'image' || block.type === 'audio'
      const data: unknown = media ? block.data : block.resource?.blob
      if (!media && data === undefined) continue
      expect(
        typeof data === 'string' && isBase64(data),
        `the data in ${what} must be base64`,
        'base64 text',
        typeof data === 'string' ? data.slice(0, 80) : data,
      )
      if (media)
        expect(
          /^[\w.+-]+\/[\w.+-]+/.test(String(block.mimeType ?? '')),
          `the ${block.type} in ${what} must have a mimeType`,
          'type/subtype',
          block.mimeType,
        )
    }
  },
  fault: onResult('tools/call', (result) => ({
    ...result,
    content: [...result.content, { type: 'image', data: 'data:image/png;base64,iVBORw0KGgo=', mimeType: 'image/png' }],
  })),
})
