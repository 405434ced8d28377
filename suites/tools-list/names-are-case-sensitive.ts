import { defineCheck, withMessage } from '../../src/conformance/check.js'
import { describe, expect, notTestable } from '../../src/conformance/expect.js'

export default defineCheck({
  title: 'A tool name in another case, or with something added, is another name',
  requirement: 'tools-name-case-sensitive',
  needs: ['capability:tools', 'tool'],
  hint: 'Look tools up by their exact name.',
  async run(client) {
    const listed = new Set((await client.survey()).tools.map((tool) => tool.name))
    const altered = client.tools.flatMap(({ name, arguments: args }) => {
      const names = [
        name.toUpperCase(),
        name.toLowerCase(),
        name[0]!.toUpperCase() + name.slice(1),
        ` ${name}`,
        `${name}.`,
        `${name}-gauntlet`,
      ]
      return [...new Set(names)]
        .filter((one) => one !== name && !listed.has(one))
        .map((one) => ({ name: one, arguments: args }))
    })
    if (altered.length === 0) notTestable('no named tool has a name with letters')
    const replies = await Promise.all(altered.slice(0, 15).map((call) => client.request('tools/call', call)))
    for (const [i, reply] of replies.entries()) {
      const result = reply.response?.result
      expect(
        result === undefined || result.isError === true,
        `${JSON.stringify(altered[i]!.name)} is not listed and must be unknown`,
        'a JSON-RPC error',
        describe(reply),
      )
    }
  },
  fault: {
    request(request) {
      const name = request.message?.method === 'tools/call' && request.message.params?.name
      if (typeof name !== 'string' || name === name.toLowerCase()) return undefined
      const params = { ...request.message!.params, name: name.toLowerCase() }
      const headers = { ...request.headers, 'mcp-name': params.name }
      return withMessage({ ...request, headers }, { ...request.message, params })
    },
  },
})
