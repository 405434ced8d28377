import { askAll, defineCheck, onAnswer, promptTexts, usablePrompts } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

const references = [
  'file:///etc/passwd',
  '/etc/passwd',
  '../../../../../../../../etc/passwd',
  '@/etc/passwd',
  '{{include "/etc/passwd"}}',
  '<!ENTITY x SYSTEM "file:///etc/passwd">',
  'C:\\windows\\win.ini',
]
const foreign = /^[\w-]+:[^:\n]*:\d+:\d+:|^; for 16-bit app support|^\[fonts\]/m

export default defineCheck({
  title: 'Paths and file URIs in prompt arguments are not read',
  requirement: 'prompts-injection-safe',
  needs: ['capability:prompts'],
  hint: 'Treat arguments as text; where one names a file on purpose, resolve it below a fixed root and check that it stays there.',
  async run(client) {
    const prompts = (await usablePrompts(client)).filter((prompt) => Object.keys(prompt.arguments).length > 0)
    if (prompts.length === 0) notTestable('no prompt that could be fetched takes arguments')
    const all = prompts
      .slice(0, 3)
      .flatMap(({ name, arguments: args }) =>
        references.flatMap((reference) =>
          Object.keys(args).map((key) => ({ name, arguments: { ...args, [key]: reference } })),
        ),
      )
    for (const { params, reply } of await askAll(client, 'prompts/get', all)) {
      const text = promptTexts(reply.response?.result)
      expect(
        !foreign.test(text),
        `${params.name} read a file named in an argument`,
        params.arguments,
        text.slice(0, 200),
      )
    }
  },
  fault: onAnswer('prompts/get', (message, params) =>
    JSON.stringify(params).includes('"/etc/passwd"') && message.result
      ? { result: { messages: [{ role: 'user', content: { type: 'text', text: 'root:x:0:0:root:/root:/bin/sh' } }] } }
      : undefined,
  ),
})
