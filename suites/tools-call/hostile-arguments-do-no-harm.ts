import {
  callTool,
  defineCheck,
  expectNoCrash,
  quickTools,
  throttled,
  withFreeText,
} from '../../src/conformance/check.js'
import { assume } from '../../src/conformance/expect.js'

export default defineCheck({
  title:
    'Odd arguments (none at all, deeply nested, control characters, long text, __proto__) crash nothing and reveal nothing',
  requirement: 'tools-inputs-validated',
  needs: ['tool'],
  hint: 'Catch what a tool throws and answer with a message of your own; a stack trace tells paths and versions to strangers.',
  async run(client) {
    const session = await client.session()
    const nested = JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`)
    for (const tool of (await quickTools(client)).slice(0, 4)) {
      const { required = [] } = tool.definition.inputSchema ?? {}
      const needed: string[] = Array.isArray(required) ? required : []
      const all = (value: unknown) => Object.fromEntries(needed.map((name) => [name, value]))
      const broken = needed.length > 0 ? [undefined, {}, all(nested), all(null)] : []
      const odd = ['é\u0000\u001b[31m\r\n', 'x'.repeat(4000)].flatMap((text) =>
        withFreeText(tool.definition.inputSchema, tool.arguments, text),
      )
      const merged = { ...tool.arguments, ...JSON.parse('{"constructor":1}'), ['__proto__']: { isAdmin: true } }
      for (const args of [...broken, ...odd.map((one) => one.arguments), merged]) {
        const reply = await callTool(session, tool.name, args)
        const slow = !broken.includes(args) && reply.ended === 'timeout'
        if (!slow && !throttled(reply))
          expectNoCrash(reply, `${tool.name} called with ${JSON.stringify(args)?.slice(0, 80) ?? 'no arguments'}`)
      }
    }
    const after = await client.request(client.plainMethod)
    assume(after.response !== undefined, 'the server still answers', after)
  },
  fault: {
    message(message, context) {
      if (context.call?.method !== 'tools/call' || message.result?.isError !== true) return undefined
      const text =
        'TypeError: value.trim is not a function\n    at getWeather (/app/src/tools.js:14:9)\n    at async handle (/app/src/server.js:80:3)'
      return { ...message, result: { content: [{ type: 'text', text }], isError: true } }
    },
  },
})
