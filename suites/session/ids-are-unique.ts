import { defineCheck, sampleSessionIds } from '../../src/conformance/check.js'
import { expect } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'No two sessions are given the same id, also when they are opened at the same moment',
  requirement: 'session-id-secure',
  needs: ['session'],
  opensChain: true,
  hint: 'Make each id with randomUUID() or another cryptographic generator; a clock or a property of the client repeats.',
  async run(client) {
    const ids = await sampleSessionIds(client)
    const twice = ids.find((id, at) => ids.indexOf(id) !== at)
    expect(
      twice === undefined,
      `two of ${ids.length} sessions were given the same id`,
      'an id of its own for each session',
      twice,
    )
  },
  fault: () => {
    let first: string | string[] | undefined
    return {
      reply(reply, request) {
        if (request.message?.method !== 'initialize') return undefined
        first ??= reply.headers['mcp-session-id']
        return first ? { ...reply, headers: { ...reply.headers, 'mcp-session-id': first } } : undefined
      },
    }
  },
})
