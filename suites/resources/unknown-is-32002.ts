import { defineCheck, expectErrorCode, unknownUris, wrongCode } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Reading a resource that does not exist yields error -32002',
  requirement: 'resources-not-found-32002',
  needs: ['capability:resources'],
  atEachRevision: true,
  hint: 'Throw an MCP error with code -32002; a plain exception becomes -32603 or 0, and an empty contents array looks like success.',
  async run(client) {
    for (const uri of unknownUris(await client.survey(), client.canary())) {
      expectErrorCode(await client.request('resources/read', { uri }), -32002, `a read of the unknown resource ${uri}`)
    }
  },
  fault: wrongCode('resources/read', -32603),
})
