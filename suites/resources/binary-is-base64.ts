import { blobProblem, defineCheck, everyContent, isBinaryAsText, onResult } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'Binary contents of resources are base64, encoded once',
  requirement: 'resources-binary-encoded',
  needs: ['capability:resources'],
  atEachRevision: true,
  hint: 'Send buffer.toString("base64") as blob: not base64url, not hex, and never bytes that were read as text.',
  async run(client) {
    for (const { content, read } of await everyContent(client)) {
      const { uri, blob, text, mimeType } = content
      const size = uri === read.uri ? read.listed?.size : undefined
      const problem = blob === undefined || blob === null ? undefined : blobProblem(blob, mimeType, size)
      expect(!problem, `the blob of ${uri} is not properly encoded: ${problem}`, 'base64', String(blob).slice(0, 80))
      expect(
        !isBinaryAsText(text, mimeType),
        `the bytes of ${uri} were sent as text`,
        'blob: base64',
        String(text).slice(0, 80),
      )
    }
  },
  fault: onResult('resources/read', (result) => ({
    ...result,
    contents: result.contents.map(({ uri }: any) => ({ uri, mimeType: 'image/png', blob: '\u0089PNG' })),
  })),
})
