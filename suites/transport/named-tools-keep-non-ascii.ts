import { brokenText, defineCheck, nonAscii, onResult } from '../../src/conformance/check.js'
import { expect, notApplicable } from '../../src/conformance/expect.js'

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
      const mark = client.canary()
      const reply = await client.request('tools/call', {
        name: tool.name,
        arguments: { ...tool.arguments, [key]: nonAscii(mark) },
      })
      const broken = brokenText(reply, mark)
      expect(broken === undefined, `${tool.name} gives ${key} back broken`, nonAscii(mark), broken)
    }
  },
  fault: onResult('tools/call', (_result, _message, { call }) => ({
    content: [{ type: 'text', text: Buffer.from(JSON.stringify(call?.params.arguments)).toString('latin1') }],
  })),
})
