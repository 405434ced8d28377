import { askAll, defineCheck, onAnswer, promptTexts, usablePrompts } from '../../src/conformance/check.js'
import { expect, notTestable } from '../../src/conformance/expect.js'

const sum = '7919*7907'
const product = '62615533'
const payloads = [
  `{{${sum}}}`,
  `\${${sum}}`,
  `<%= ${sum} %>`,
  `#{${sum}}`,
  `{${sum}}`,
  `[[${sum}]]`,
  `$(expr 7919 \\* 7907)`,
  `\`expr 7919 \\* 7907\``,
  `';${sum}//`,
]

export default defineCheck({
  title: 'Template and shell syntax in prompt arguments is not evaluated',
  requirement: 'prompts-injection-safe',
  needs: ['capability:prompts'],
  hint: 'Pass arguments to the template as data; never build the template, a command or code from them.',
  async run(client) {
    const prompts = (await usablePrompts(client)).filter((prompt) => Object.keys(prompt.arguments).length > 0)
    if (prompts.length === 0) notTestable('no prompt that could be fetched takes arguments')
    const all = prompts.slice(0, 3).flatMap(({ name, arguments: args }) =>
      payloads.flatMap((payload) => {
        const sets = Object.keys(args).map((key) => ({ ...args, [key]: payload }))
        return sets.map((one) => ({ name, arguments: one }))
      }),
    )
    for (const { params, reply } of await askAll(client, 'prompts/get', all)) {
      const text = promptTexts(reply.response?.result)
      expect(!text.includes(product), `${params.name} evaluated an argument`, params.arguments, text.slice(0, 300))
    }
  },
  fault: onAnswer('prompts/get', (message, params) =>
    JSON.stringify(params).includes(`{{${sum}}}`) && message.result
      ? { result: { messages: [{ role: 'user', content: { type: 'text', text: `Plan ${product}` } }] } }
      : undefined,
  ),
})
