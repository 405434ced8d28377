import { type Client, defineCheck, onError } from '../../src/conformance/check.js'
import { assumeResult, expect, expectError } from '../../src/conformance/expect.js'

async function expectUnknown(client: Client, method: string, params?: Record<string, unknown>): Promise<void> {
  const error = expectError(await client.request(method, params), `the unknown method ${JSON.stringify(method)}`)
  expect(
    error.code === -32601,
    `the unknown method ${JSON.stringify(method)} was answered with the wrong code`,
    -32601,
    error,
  )
}

export default defineCheck({
  title: 'A method the server does not know is answered with -32601',
  requirement: 'jsonrpc-unknown-method-code',
  hint: 'The Python SDK checks the params of all its methods at once and answers -32602; look at the method first.',
  async run(client) {
    assumeResult(await client.ask('ping'), 'a ping')
    await expectUnknown(client, client.canary('gauntlet/unknown'))
    await expectUnknown(client, 'gauntlet/unknown', { name: 'x', cursor: 'y' })
    const names = [
      'tools',
      'tools/',
      'Tools/List',
      'PING',
      'tools/list/all',
      'resources/gauntlet',
      'prompts/gauntlet',
      'completion/gauntlet',
      'logging/gauntlet',
      'rpc.discover',
      'notifications/gauntlet',
      'sampling/createMessage',
      'constructor',
      '__proto__',
      'toString',
      'hasOwnProperty',
    ]
    for (const method of client.sample(names, 6)) await expectUnknown(client, method)
    const nameless = await client.request('')
    expect(
      nameless.response?.result === undefined,
      'a request with an empty method is answered with a result',
      -32601,
      nameless.response,
    )
  },
  fault: onError((error) => (error.code === -32601 ? { ...error, code: -32602 } : error), /^gauntlet|^tools/),
})
