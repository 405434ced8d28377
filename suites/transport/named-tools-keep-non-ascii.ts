import { brokenText, defineCheck, nonAscii, onResult } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

/** Makes a text of more than 3 KB: pieces of 1 KB, whatever they begin with, end within one of its characters. */
const longTimes = 400

export default defineCheck({
  title: 'Arguments beyond ASCII come back from a tool unbroken',
  requirement: 'transport-utf8',
  needs: ['tool'],
  hint: 'Decode request bodies as UTF-8 and encode answers as UTF-8, also on the way through subprocesses.',
  async run(client) {
    const textual = client.tools.flatMap((tool) =>
      Object.entries(tool.arguments)
        .filter(([, value]) => typeof value === 'string')
        .slice(0, 1)
        .map(([key]) => ({ tool, key })),
    )
    if (textual.length === 0) notApplicable('no named tool takes text')
    for (const { tool, key } of textual) {
      // What is read in pieces breaks long texts alone, where a piece ends within a character.
      for (const times of [1, longTimes]) {
        const mark = client.canary()
        const args = { ...tool.arguments, [key]: nonAscii(mark, times) }
        const reply = await client.request('tools/call', { name: tool.name, arguments: args })
        const broken = brokenText(reply, mark, times)
        expect(broken === undefined, `${tool.name} gives ${key} back broken`, nonAscii(mark, times), broken)
        if (!reply.messages.some((message) => JSON.stringify(message).includes(mark))) break
      }
    }
  },
  fault: onResult('tools/call', (_result, _message, { call }) => ({
    content: [{ type: 'text', text: Buffer.from(JSON.stringify(call?.params.arguments)).toString('latin1') }],
  })),
})
