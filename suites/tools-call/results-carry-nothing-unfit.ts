import { defineCheck, onResult, toolResults } from '../../src/conformance/check.js'
import { advise, assume } from '../../src/conformance/expect.js'

export default defineCheck({
  title: "Ordinary tool results hold no terminal escapes, no control characters and not the caller's credential",
  requirement: 'tools-outputs-sanitized',
  needs: ['tool'],
  hint: 'Strip ANSI colours and control characters from the output of commands before returning it, and never return request headers.',
  async run(client) {
    const results = await toolResults(client)
    assume(results.length > 0, 'a named tool returned a result')
    const secret = client.given.credential?.token
    for (const { result, what } of results) {
      const texts = (Array.isArray(result.content) ? result.content : []).map((block: any) =>
        typeof block?.text === 'string' ? block.text : '',
      )
      const all = texts.join('\n')
      const control = [...all].find((c) => c < ' ' && !'\n\r\t\f'.includes(c))
      advise(
        control === undefined,
        `${what} holds a control character`,
        'plain text',
        control && `U+${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
      advise(
        !secret || secret.length < 8 || !JSON.stringify(result).includes(secret),
        `${what} holds the credential it was called with`,
        'no credential',
        'the credential',
      )
    }
  },
  fault: onResult('tools/call', (result) => ({
    ...result,
    content: result.content.map((block: any) => ({ ...block, text: `\u001b[1m${block.text}\u001b[0m` })),
  })),
})
