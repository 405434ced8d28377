import { defineCheck, expectErrorCode, wrongCode } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'logging/setLevel without a level, or with one that is no text, yields error -32602',
  requirement: 'logging-invalid-level-32602',
  needs: ['capability:logging'],
  hint: 'Validate the params before use; what a validator throws has to be turned into -32602, or it becomes -32603.',
  async run(client) {
    for (const params of [{}, { level: 3 }, { level: null }, { level: ['error'] }]) {
      const what = `logging/setLevel with params ${JSON.stringify(params)}`
      expectErrorCode(await client.request('logging/setLevel', params), -32602, what)
    }
  },
  fault: wrongCode('logging/setLevel', -32603),
})
