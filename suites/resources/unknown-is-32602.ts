import { defineCheck, expectErrorCode, unknownUris, wrongCode } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'Reading a resource that does not exist yields error -32602',
  requirement: 'resources-not-found-32602',
  needs: ['capability:resources'],
  hint: 'Since 2026-07-28 the code is -32602, with the URI in data; -32002 belongs to older revisions.',
  async run(client) {
    for (const uri of unknownUris(await client.survey(), client.canary()))
      expectErrorCode(await client.request('resources/read', { uri }), -32602, `a read of the unknown resource ${uri}`)
  },
  fault: wrongCode('resources/read', -32002),
})
