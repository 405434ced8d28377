import { defineCheck, onError, request } from '../../src/conformance/check.js'
import { describe, expect, notApplicable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A client that begins with initialize is told which versions the server speaks',
  requirement: 'versioning-initialize-error-names-versions',
  needs: ['modern-only'],
  hint: 'Older clients show the error to their users: name your versions in its message or data.',
  async run(client) {
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
    const versions = [client.revision, ...(client.facts.modern?.supportedVersions ?? [])]
    for (const protocolVersion of ['2025-11-25', '2024-11-05']) {
      const clientInfo = { name: 'mcp-gauntlet', version: '0.1.0' }
      const body = JSON.stringify(request('initialize', { protocolVersion, capabilities: {}, clientInfo }))
      const reply = await client.http({ method: 'POST', headers, body })
      if (reply.response?.result) notApplicable('the server answers initialize')
      const named = versions.some((version) => version !== protocolVersion && reply.text.includes(version))
      expect(named, `the error for initialize at ${protocolVersion} names no version`, versions[0], describe(reply))
    }
  },
  fault: onError(({ code }) => ({ code, message: 'Bad Request' }), 'initialize'),
})
