import { defineCheck, expectErrorCode, wrongCode } from '../../src/conformance/check.js'

export default defineCheck({
  title: 'prompts/get of a prompt that does not exist yields error -32602',
  requirement: 'prompts-unknown-name-32602',
  needs: ['capability:prompts'],
  atEachRevision: true,
  hint: 'Throw an MCP error with code -32602 (Invalid params); a plain exception becomes -32603 or 0.',
  async run(client) {
    const known = (await client.survey()).prompts.map((prompt) => prompt.name)
    const names = [
      client.canary(),
      '',
      '__proto__',
      'constructor',
      ...known.slice(0, 2).map((name) => `${name}-${client.canary()}`),
    ]
    for (const name of names.filter((one) => !known.includes(one))) {
      const reply = await client.request('prompts/get', { name, arguments: {} })
      expectErrorCode(reply, -32602, `prompts/get of the unknown prompt ${JSON.stringify(name)}`)
    }
    expectErrorCode(
      await client.request('prompts/get', { name: client.canary() }),
      -32602,
      'prompts/get of an unknown prompt without arguments',
    )
  },
  fault: wrongCode('prompts/get', -32603),
})
